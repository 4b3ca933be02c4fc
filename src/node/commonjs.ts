import Module from 'node:module';
import {isAbsolute} from 'node:path';
import {pathToFileURL} from 'node:url';
import {compileModule} from './compile.ts';
import {isOwnFile, isOwnSpecifier, resolveOwn, type OwnSpecifier} from './ownSpecifiers.ts';
import type {Settings} from './settings.ts';

/** The parts of Node's CommonJS loader that tools have been wrapping for years. */
interface CommonJSLoader {
  _load: (this: unknown, request: string, ...rest: unknown[]) => unknown;
  _resolveFilename: (this: unknown, request: string, ...rest: unknown[]) => string;
  prototype: {
    _compile: (this: unknown, content: string, filename: string, ...rest: unknown[]) => unknown;
  };
}

const loader = Module as unknown as CommonJSLoader;

/** Compiles whatever `require` runs, after any tool that compiles TypeScript has done its part. */
export function compileRequired(settings: Settings): void {
  const {_compile} = loader.prototype;
  loader.prototype._compile = function (content, filename, ...rest) {
    return Reflect.apply(_compile, this, [
      compileText(content, filename, settings) ?? content,
      filename,
      ...rest,
    ]);
  };
}

function compileText(content: unknown, filename: string, settings: Settings): string | null {
  // `[eval]` and the like have no place among the modules that ids can name.
  if (typeof content !== 'string' || !isAbsolute(filename)) return null;
  if (isOwnFile(pathToFileURL(filename).href)) return null;
  return compileModule(content, filename, settings);
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
    return isOwnSpecifier(request)
      ? resolveOwn(request)
      : Reflect.apply(_resolveFilename, this, [request, ...rest]);
  };
}
