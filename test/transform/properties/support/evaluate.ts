/**
 * Runs a module and gives what it logged, with the error that ended it. Compiled code gets registrations
 * that leave a function as it is.
 */
export function evaluate(code: string): unknown[] {
  const log: unknown[] = [];
  const note = (value: unknown) => {
    log.push(value);
    return value;
  };
  try {
    // oxlint-disable-next-line no-implied-eval -- the program was written by the test
    new Function('log', 'runtime', 'module', withoutModuleSyntax(code))(note, RUNTIME, {
      exports: {},
    });
  } catch (error) {
    log.push((error as Error).name);
  }
  return log;
}

const first = (value: unknown) => value;
const RUNTIME = {
  registerServerReference: first,
  registerServerExport: first,
  registerServerImport: first,
  registerInlineFunction: first,
  registerInlineExport: first,
  registerMethod: first,
  provideOriginal: (_: unknown, made: unknown) => made,
  provideFactory: () => {},
};

function withoutModuleSyntax(code: string): string {
  return code
    .replace(/import \{(.*?)\} from "use-server-webpack-plugin\/runtime";/, (_, names: string) => {
      return `const {${names.replaceAll(' as ', ': ')}} = runtime;`;
    })
    .replace(/const (\{.*?\}) = require\(.*?\);/, 'const $1 = runtime;')
    .replaceAll(/^export \{.*\};?$/gm, '')
    .replace(/export default async function\s*\(/, 'async function unnamed(')
    .replace('export default async function', 'async function')
    .replaceAll('export default', 'var exported =')
    .replaceAll(/^export (?=function|const|let)/gm, '');
}
