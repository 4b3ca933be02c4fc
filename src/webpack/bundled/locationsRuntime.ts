import type {Chunk, Compilation} from 'webpack';
import type {BundleLocations} from '../../references/manifests.ts';

/** Property of `__webpack_require__` that `src/server/bundle.webpack.ts` reads. */
const PROPERTY = 'useServer';

/**
 * Writes into every runtime of the server bundle where its server functions and client components
 * are. They belong to this very build, so no file can contradict them.
 *
 * @param locations is called when modules and chunks have their ids
 */
export function addLocationsRuntime(
  compilation: Compilation,
  locations: () => BundleLocations,
): void {
  const {RuntimeModule, RuntimeGlobals} = compilation.compiler.webpack;
  class LocationsRuntimeModule extends RuntimeModule {
    constructor() {
      super('use-server locations');
    }

    override generate(): string {
      return `${RuntimeGlobals.require}.${PROPERTY} = ${JSON.stringify(locations())};`;
    }
  }
  compilation.hooks.additionalTreeRuntimeRequirements.tap(
    'UseServerWebpackPlugin',
    (chunk: Chunk, requirements) => {
      requirements.add(RuntimeGlobals.require);
      compilation.addRuntimeModule(chunk, new LocationsRuntimeModule());
    },
  );
}
