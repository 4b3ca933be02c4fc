import type {Compiler} from 'webpack';

type NormalModuleFactory = ReturnType<Compiler['createNormalModuleFactory']>;

const JAVASCRIPT_TYPES = ['javascript/auto', 'javascript/dynamic', 'javascript/esm'] as const;

interface Statement {
  type: string;
  directive?: string;
}

/**
 * Fails modules that say `"use server"` after all loaders ran, as code that a loader generated, a
 * `data:` URL or a file with an unusual ending can. The plugin's loader has not seen them, so they
 * would be bundled as they are.
 */
export function guardAgainstLeaks(
  normalModuleFactory: NormalModuleFactory,
  isGuarded: (layer: string | null) => boolean = () => true,
): void {
  for (const type of JAVASCRIPT_TYPES) {
    normalModuleFactory.hooks.parser.for(type).tap('UseServerWebpackPlugin', (parser) => {
      parser.hooks.program.tap('UseServerWebpackPlugin', (program) => {
        const {layer} = parser.state.module;
        if (saysUseServer(program.body) && isGuarded(layer ?? null)) throw leak();
      });
    });
  }
}

function saysUseServer(body: readonly Statement[]): boolean {
  for (const {directive} of body) {
    if (directive === undefined) return false;
    if (directive === 'use server') return true;
  }
  return false;
}

/** Without stack and position: webpack would print lines of the module into the bundle. */
function leak(): Error {
  const error = new Error(
    'This module says "use server", but UseServerWebpackPlugin could not see that in its file, so its code would reach the browser. Put server functions in a .js, .jsx, .ts or .tsx file.',
  );
  error.stack = '';
  return error;
}
