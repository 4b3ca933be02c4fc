/** Exports of compiled modules whose first argument is the token of their captures. */
const sealed = new WeakSet<object>();

export function addSealedExport(serverFunction: object): void {
  sealed.add(serverFunction);
}

/** Whether a server function opens captures before anything of its author runs. */
export function opensCaptures(serverFunction: object): boolean {
  return sealed.has(serverFunction);
}
