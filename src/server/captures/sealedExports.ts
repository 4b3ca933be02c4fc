/*
 * Exports of compiled modules that take their captures first: as the token of a request, or opened.
 */

/** The shape of captures that no compiler has described. */
export const NO_SHAPE = '00000000';

/** The shape of the captures, by the export. */
const shapes = new WeakMap<object, string>();

/** @param shape what the compiler knows the names and members of the captures by */
export function addSealedExport(serverFunction: object, shape: string): void {
  shapes.set(serverFunction, shape);
}

/** The shape of the captures that a server function takes first; `undefined` when it takes none. */
export function sealedShape(serverFunction: object): string | undefined {
  return shapes.get(serverFunction);
}

/** Captures in the place of their token. No body of a request decodes to one. */
export class OpenedCaptures {
  readonly values: readonly unknown[];

  constructor(values: readonly unknown[]) {
    this.values = values;
  }
}
