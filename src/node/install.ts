import Module, {
  type LoadFnOutput,
  type LoadHookContext,
  type ResolveFnOutput,
  type ResolveHookContext,
} from 'node:module';
import {compileRequired, shareOwnModules} from './commonjs.ts';
import {compileLoaded, explainFailedLoad, resolveModule} from './hooks.ts';
import {ownSpecifiers, type OwnSpecifier} from './ownSpecifiers.ts';
import {installedVersion} from '../references/installedVersion.ts';
import {assertPeers} from '../references/peers.ts';
import {readSettings, type Settings} from './settings.ts';

/**
 * Installs the hooks for `import` and `require` in this thread.
 *
 * @throws {TypeError} when an environment variable has a wrong value
 * @throws {PeerError} when React is missing or not of one supported version
 */
export async function install(): Promise<void> {
  const settings = readSettings();
  assertPeers(installedVersion);
  hookImports(settings);
  compileRequired(settings);
  shareOwnModules(await importOwnModules());
}

/** Synchronous hooks where they are without known faults; elsewhere those on a thread of their own. */
function hookImports(settings: Settings): void {
  if (registerHooks && hasUsableHooks(process.versions.node)) {
    registerHooks({
      resolve: resolveModule,
      load: (url, context, nextLoad) => {
        try {
          return compileLoaded(nextLoad(url, context), url, context, settings);
        } catch (error) {
          throw explainFailedLoad(error, url);
        }
      },
    });
    return;
  }
  Module.register('../../loader/index.js', import.meta.url, {
    data: {root: settings.root, ids: settings.ids, parserPlugins: settings.parserPlugins},
  });
}

/** Not yet in the types of the oldest Node that is supported. */
type RegisterHooks = (hooks: {
  resolve(
    specifier: string,
    context: ResolveHookContext,
    nextResolve: (specifier: string, context?: Partial<ResolveHookContext>) => ResolveFnOutput,
  ): ResolveFnOutput;
  load(
    url: string,
    context: LoadHookContext,
    nextLoad: (url: string, context?: Partial<LoadHookContext>) => LoadFnOutput,
  ): LoadFnOutput;
}) => void;

const {registerHooks} = Module as {registerHooks?: RegisterHooks};

/** `registerHooks` came with 22.15 and 23.5, but missed modules until these versions. */
function hasUsableHooks(version: string): boolean {
  const [major = 0, minor = 0, patch = 0] = version.split('.').map((part) => parseInt(part, 10));
  if (major >= 26) return true;
  if (major === 25) return minor >= 1;
  if (major === 24) return minor > 11 || (minor === 11 && patch >= 1);
  return major === 22 && (minor > 22 || (minor === 22 && patch >= 3));
}

async function importOwnModules(): Promise<Map<OwnSpecifier, object>> {
  const namespaces = new Map<OwnSpecifier, object>();
  for (const specifier of ownSpecifiers) namespaces.set(specifier, await import(specifier));
  return namespaces;
}
