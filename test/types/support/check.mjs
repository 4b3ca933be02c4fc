import {dirname, join} from 'node:path';
import ts from 'typescript-with-api';
import {repository} from './publicTypes.mjs';

const strict = {
  target: ts.ScriptTarget.ES2023,
  jsx: ts.JsxEmit.ReactJSX,
  lib: ['lib.es2023.d.ts', 'lib.dom.d.ts', 'lib.dom.iterable.d.ts', 'lib.dom.asynciterable.d.ts'],
  types: ['node'],
  strict: true,
  exactOptionalPropertyTypes: true,
  noUncheckedIndexedAccess: true,
  verbatimModuleSyntax: true,
  isolatedModules: true,
  skipLibCheck: false,
  noEmit: true,
};

/** Standard libraries and packages are read once for all programs. @type {Map<string, ts.SourceFile>} */
const sourceFiles = new Map();

/**
 * What TypeScript says of the files, and of the declarations of this package that they lead to. Those of other
 * packages are not checked, because nothing here could change them.
 *
 * @param {string} folder
 * @param {string[]} files relative to it
 * @param {ts.CompilerOptions} options besides the strict ones
 */
export function check(folder, files, options) {
  return checkWith(
    folder,
    files.map((file) => join(folder, file)),
    {...strict, ...options},
  );
}

/** A project as its `tsconfig.json` has it. @param {string} tsconfig path of the file */
export function checkProject(tsconfig) {
  const {config, error} = ts.readConfigFile(tsconfig, (file) => ts.sys.readFile(file));
  if (error) return format([error]);
  const folder = dirname(tsconfig);
  const {fileNames, options, errors} = ts.parseJsonConfigFileContent(config, ts.sys, folder);
  return errors.length > 0 ? format(errors) : checkWith(folder, fileNames, options);
}

function checkWith(folder, files, options) {
  const host = ts.createCompilerHost(options);
  const read = host.getSourceFile.bind(host);
  host.getSourceFile = (file, version, ...rest) => {
    const key = JSON.stringify([file, version]);
    const found = sourceFiles.get(key) ?? read(file, version, ...rest);
    if (found) sourceFiles.set(key, found);
    return found;
  };
  host.getCurrentDirectory = () => folder;
  const program = ts.createProgram(files, options, host);
  const checked = program
    .getSourceFiles()
    .filter(({fileName}) => fileName.startsWith(folder) || isOwn(fileName));
  return format([
    ...program.getConfigFileParsingDiagnostics(),
    ...program.getOptionsDiagnostics(),
    ...program.getGlobalDiagnostics(),
    ...checked.flatMap((file) => [
      ...program.getSyntacticDiagnostics(file),
      ...program.getSemanticDiagnostics(file),
    ]),
  ]);
}

function isOwn(file) {
  return file.startsWith(`${repository}dist/`) || file.startsWith(`${repository}types/`);
}

/** @param {readonly ts.Diagnostic[]} diagnostics */
function format(diagnostics) {
  return ts.formatDiagnostics(diagnostics, {
    getCurrentDirectory: () => repository,
    getCanonicalFileName: (file) => file,
    getNewLine: () => '\n',
  });
}
