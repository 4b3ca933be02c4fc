import type {BundleLocations} from '../references/manifests.ts';

/** The bundle that this code is in. */
export interface Bundle extends BundleLocations {
  /** A module of the bundle. The caller answers for where `location` comes from. */
  load(location: {id: string | number; chunks: (string | number)[]}): Promise<unknown>;
  /** URL of a file that stands beside the bundle, where there are files. */
  fileBeside(name: string): URL;
}

/**
 * Nothing in plain Node, where modules are loaded by their paths. In a server bundle of webpack's,
 * `bundle.webpack.ts` takes the place of this file.
 */
export const bundle: Bundle | null = null as Bundle | null;
