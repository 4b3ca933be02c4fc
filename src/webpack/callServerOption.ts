import type {Compilation} from 'webpack';
import {plainError} from './plainError.ts';

/**
 * Reports a path in the option `callServer` that leads to no module. Every stub imports it, so webpack
 * itself would report it for each of them, in files that do not have it.
 */
export async function checkCallServer(
  compilation: Compilation,
  {root, callServer}: {root: string; callServer: string | undefined},
): Promise<void> {
  // A package is resolved from where the stub stands.
  if (!callServer || !/^\.\.?\//.test(callServer)) return;
  const {compiler} = compilation;
  const missingDependencies = new Set<string>();
  const resolver = compiler.resolverFactory.get('normal', {dependencyType: 'esm'});
  const isFound = await new Promise<boolean>((fulfil) => {
    resolver.resolve({}, root, callServer, {missingDependencies}, (error, path) => {
      fulfil(!error && typeof path === 'string');
    });
  });
  if (isFound) return;
  // Watch mode builds again when it appears.
  compilation.missingDependencies.addAll(missingDependencies);
  compilation.errors.push(
    plainError(
      compiler.webpack,
      `The option "callServer" is ${JSON.stringify(callServer)}, but there is no such module in ${root}. Write the path relative to the option "root", or leave the option out to use the client of this package.`,
    ),
  );
}
