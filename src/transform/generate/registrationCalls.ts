import {formatId} from '../../references/ids.ts';
import type {CapturedValue} from '../analyse/captures/captures.ts';
import type {InlinePlan} from '../analyse/inline/inlinePlans.ts';
import {hashText} from '../hash.ts';
import type {Piece} from './editedSource.ts';
import {idArguments, type ModuleOutput} from './moduleOutput.ts';

/** Makes a reference of the function that `fn` names: `registerInlineFunction(save, "src/Page.jsx", …)`. */
export function registration(output: ModuleOutput, plan: InlinePlan, fn: string): Piece[] {
  const [open, close] = registrationAround(output, plan);
  return [open, {text: fn}, close];
}

/** Writes what stands before and behind an expression that becomes a reference. */
export function registrationAround(
  output: ModuleOutput,
  plan: InlinePlan,
): [Piece & {text: string}, Piece] {
  const isPlain = plan.inferredName === null && plan.captures.values.length === 0;
  const register = output.runtime.use(
    isPlain ? 'registerServerReference' : 'registerInlineFunction',
  );
  const rest = isPlain ? idArguments(output, plan.exportName) : trailingArguments(output, plan);
  const [provide, end] = provisionAround(output, plan);
  return [{text: `${provide}${register}(`, at: plan.node.start}, {text: `, ${rest})${end}`}];
}

/** Writes what provides a function that is made once, which is itself what a request calls. */
export function provisionAround(
  {runtime}: ModuleOutput,
  {place, exportName}: InlinePlan,
): [string, string] {
  if (place.kind !== 'once') return ['', ''];
  return [`${runtime.use('provideOriginal')}(${exportName}, `, ')'];
}

/**
 * Writes the arguments behind the function.
 *
 * @example `"src/Page.jsx", "$$Page$save", "save", () => [note], "8f1a03c2", "note"`
 */
export function trailingArguments(output: ModuleOutput, plan: InlinePlan): string {
  const name = plan.inferredName === null ? 'void 0' : JSON.stringify(plan.inferredName);
  const {values} = plan.captures;
  return [
    idArguments(output, plan.exportName),
    ...(plan.inferredName !== null || values.length > 0 ? [name] : []),
    ...(values.length > 0
      ? [
          `() => ${capturesExpression(output, values)}`,
          JSON.stringify(captureShape(values)),
          JSON.stringify(values.map((value) => value.name).join()),
        ]
      : []),
  ].join(', ');
}

/** Registers the exported copy in the prelude, so that a request finds it under its id. */
export function registerExport(
  output: ModuleOutput,
  {exportName, captures: {values}}: InlinePlan,
): void {
  const hasCaptures = values.length > 0;
  const register = hasCaptures ? 'registerInlineExport' : 'registerServerReference';
  const shape = hasCaptures ? `, ${JSON.stringify(captureShape(values))}` : '';
  output.prelude.push({
    text: `${output.runtime.use(register)}(${exportName}, ${idArguments(output, exportName)}${shape});`,
  });
}

/** Writes `const save = registerInlineFunction($$Page$save, "src/Page.jsx", "$$Page$save", "save");`. */
export function exportedAs(
  output: ModuleOutput,
  {node, exportName, inferredName}: InlinePlan,
  variable: string,
): string {
  const name = node.id?.name ?? inferredName ?? variable;
  const register = output.runtime.use('registerInlineFunction');
  const rest = `${idArguments(output, exportName)}, ${JSON.stringify(name)}`;
  return `const ${variable} = ${register}(${exportName}, ${rest});`;
}

/** Writes the id and the shape of captures, by which their token is opened; nothing without captures. */
export function tokenArguments({path, options}: ModuleOutput, plan: InlinePlan): string {
  const {exportName, captures} = plan;
  if (captures.values.length === 0) return '';
  const id = formatId({path, exportName}, options);
  return `, ${JSON.stringify(id)}, ${JSON.stringify(captureShape(captures.values))}`;
}

/** `[note, list]`, or `pickMembers([note, list], [[["id"]], null])` where members are enough. */
function capturesExpression({runtime}: ModuleOutput, values: readonly CapturedValue[]): string {
  const array = `[${values.map(({name}) => name).join(', ')}]`;
  if (values.every(({paths}) => paths === null)) return array;
  const paths = JSON.stringify(values.map((value) => value.paths));
  return `${runtime.use('pickMembers')}(${array}, ${paths})`;
}

/**
 * What another build knows captures by that are not its own: a hash of their names and members. In which
 * order the function uses them does not count.
 */
function captureShape(values: readonly CapturedValue[]): string {
  const shape = values.map(({name, paths}) => [
    name,
    paths?.map((path) => JSON.stringify(path)).sort() ?? null,
  ]);
  return hashText(JSON.stringify(shape));
}
