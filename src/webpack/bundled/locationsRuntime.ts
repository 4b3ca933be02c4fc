import type {Compilation} from 'webpack';
import type {BundleLocations} from '../../references/manifests.ts';
import {addRuntimeCode} from './runtimeCode.ts';

/** Property of `__webpack_require__` that `src/server/bundle.webpack.ts` reads. */
const PROPERTY = 'useServer';

/**
 * Writes into every runtime of the server bundle where its server functions and client components
 * are. They belong to this very build, so no file can contradict them.
 *
 * @param hasFiles whether the bundle runs where it can read the files beside it
 * @param locations is called when modules and chunks have their ids
 */
export function addLocationsRuntime(
  compilation: Compilation,
  hasFiles: boolean,
  locations: () => BundleLocations,
): void {
  const {require, baseURI} = compilation.compiler.webpack.RuntimeGlobals;
  addRuntimeCode(
    compilation,
    'use-server locations',
    () => {
      const assignment = `${require}.${PROPERTY} = ${JSON.stringify(locations())};`;
      if (!hasFiles) return assignment;
      return `${assignment}\n${require}.${PROPERTY}.fileBeside = function (name) { return new URL(name, ${baseURI}); };`;
    },
    hasFiles ? [require, baseURI] : [require],
  );
}
