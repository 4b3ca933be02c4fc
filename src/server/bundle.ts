import type {BundleLocation, BundleLocations} from '../references/manifests.ts';
import {PEERS, type PeerVersion} from '../references/peers.ts';
import {builtinModule} from './platform/builtinModule.ts';

/** The bundle that this code is in. */
export interface Bundle extends BundleLocations {
  /**
   * What a module of the bundle exports, in an object: a promise would take an export named `then` for its
   * own. The caller answers for where `location` comes from.
   */
  load(location: BundleLocation): Promise<{exports: unknown}>;
  /** URL of a file that stands beside the bundle, where there are files. */
  fileBeside(name: string): URL;
}

/**
 * Nothing in plain Node, where modules are loaded by their paths. In a server bundle of webpack's,
 * `bundle.webpack.ts` takes the place of this file.
 */
export const bundle: Bundle | null = null as Bundle | null;

/** The packages of React's that this code imports, as far as files tell. */
export function importedReact(): PeerVersion[] {
  return PEERS.flatMap((name) => {
    const version = importedVersion(name);
    return version === undefined ? [] : [{name, version}];
  });
}

function importedVersion(name: string): string | undefined {
  try {
    const require = builtinModule('node:module')?.createRequire(import.meta.url);
    const file = require?.resolve(`${name}/package.json`);
    const text = file && builtinModule('node:fs')?.readFileSync(file, 'utf8');
    return text && (JSON.parse(text) as {version?: string}).version;
  } catch {
    // Another bundler than webpack has taken the package away from its files.
    return undefined;
  }
}
