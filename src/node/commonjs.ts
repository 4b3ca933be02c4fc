import fs from 'node:fs';
import Module from 'node:module';
import {extname, isAbsolute} from 'node:path';
import {pathToFileURL} from 'node:url';
import {compileModule} from './compile.ts';
import {explainLoadError} from './explainLoadError.ts';
import {withoutByteOrderMark} from './originalText.ts';
import {isOwnFile, isOwnSpecifier, resolveOwn, type OwnSpecifier} from './ownSpecifiers.ts';
import type {ModuleFormat} from '../transform/types.ts';
import type {Settings} from './settings.ts';
import {noteLoaded} from './staleModules.ts';

/** The parts of Node's CommonJS loader that tools have been wrapping for years. */
interface CommonJSLoader {
  _load: (this: unknown, request: string, ...rest: unknown[]) => unknown;
  _resolveFilename: (this: unknown, request: string, ...rest: unknown[]) => string;
  prototype: {
    load: (this: unknown, filename: string) => unknown;
    _compile: (this: unknown, content: string, filename: string, ...rest: unknown[]) => unknown;
  };
}

const loader = Module as unknown as CommonJSLoader;

/**
 * Compiles whatever `require` runs.
 *
 * A module is compiled as it is read, so that tools like tsx get it after us: they keep neither the
 * form of its exports nor its lines. What was not read through `fs` is compiled right before it runs.
 */
export function compileRequired(settings: Settings): void {
  const {load, _compile} = loader.prototype;
  const seen = new Set<string>();
  const compileOnce = (text: string, filename: string) => {
    seen.add(filename);
    return compileText(text, filename, settings);
  };
  loader.prototype.load = function (filename) {
    const run = () => Reflect.apply(load, this, [filename]);
    noteLoaded(filename);
    return isCode(filename) ? whileReading(filename, compileOnce, run) : run();
  };
  loader.prototype._compile = function (content, filename, ...rest) {
    // A tool that has compiled our output since may have removed every sign of it.
    const format = rest[0] === 'module' ? 'module' : undefined;
    const code = seen.delete(filename) ? null : compileText(content, filename, settings, format);
    try {
      return Reflect.apply(_compile, this, [code ?? content, filename, ...rest]);
    } catch (error) {
      throw explainLoadError(error, filename);
    }
  };
}

/** Runs `load` so that its first reading of the file gives the compiled module. */
function whileReading<Result>(
  filename: string,
  compile: (text: string, filename: string) => string | null,
  load: () => Result,
): Result {
  const {readFileSync} = fs;
  let isRead = false;
  const readCompiled = (path: unknown, options: unknown) => {
    const content: unknown = Reflect.apply(readFileSync, fs, [path, options]);
    if (isRead || path !== filename) return content;
    stop();
    const code = compile(String(content), filename);
    if (code === null) return content;
    return typeof content === 'string' ? code : Buffer.from(code);
  };
  const stop = () => {
    isRead = true;
    // Another tool may have put a wrapper around ours, which is not for us to remove.
    if ((fs.readFileSync as unknown) === readCompiled) fs.readFileSync = readFileSync;
  };
  fs.readFileSync = readCompiled as typeof readFileSync;
  try {
    return load();
  } finally {
    stop();
  }
}

function isCode(filename: string): boolean {
  return !['.json', '.node', '.wasm'].includes(extname(filename));
}

function compileText(
  content: unknown,
  filename: string,
  settings: Settings,
  format?: ModuleFormat,
): string | null {
  // `[eval]` and the like have no place among the modules that ids can name.
  if (typeof content !== 'string' || !isAbsolute(filename)) return null;
  if (isOwnFile(pathToFileURL(filename).href)) return null;
  return compileModule(withoutByteOrderMark(content), filename, settings, format);
}

/**
 * Gives `require` of our own specifiers the same modules as `import`, from wherever it is called.
 * Only a namespace that is there already is sure to be the same: a tool that compiles ES modules
 * for `require`, like tsx, would run them a second time.
 */
export function shareOwnModules(namespaces: ReadonlyMap<OwnSpecifier, object>): void {
  const {_load, _resolveFilename} = loader;
  loader._load = function (request, ...rest) {
    const namespace = isOwnSpecifier(request) ? namespaces.get(request) : undefined;
    return namespace ?? Reflect.apply(_load, this, [request, ...rest]);
  };
  loader._resolveFilename = function (request, ...rest) {
    return resolveOwn(request) ?? Reflect.apply(_resolveFilename, this, [request, ...rest]);
  };
}
