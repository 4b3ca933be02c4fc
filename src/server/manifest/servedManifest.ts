import type {ClientManifest} from '../../references/manifests.ts';
import {nodeFiles, type NodeFiles} from './nodeFiles.ts';

/** More is not read, so that the start of a server does not wait for it. */
const LARGEST_SCRIPT = 5_000_000;
const MOST_SCRIPTS = 20;

const warned = new Set<string>();

/**
 * Warns once of a server manifest that stands among the scripts that browsers download: what serves them
 * most likely serves the manifest too.
 *
 * A script is known as the browser's when the client manifest beside it lists it, or by the ids of server
 * functions that it calls: code of a server has the path and the name of an export apart. Scripts in
 * folders below tell nothing, since those may be all that is served.
 *
 * @param manifest path of the file, or its `file:` URL
 * @param ids of the functions in it
 */
export function warnOfServedManifest(manifest: string | URL, ids: readonly string[]): void {
  const {resolve, dirname, fileURLToPath} = files();
  const file = manifest instanceof URL ? fileURLToPath(manifest) : resolve(manifest);
  if (warned.has(file)) return;
  const script = browserScript(dirname(file), ids);
  if (script === undefined) return;
  warned.add(file);
  console.warn(
    `The server manifest ${file} lists what can be called, and can most likely be downloaded: browsers load ${script} from the same folder. Have it written elsewhere, for example by the option serverManifest: "../server-actions-manifest.json" of UseServerWebpackPlugin.`,
  );
}

function browserScript(folder: string, ids: readonly string[]): string | undefined {
  try {
    return listedScript(folder) ?? callingScript(folder, ids);
  } catch {
    // A folder that cannot be listed, or another file of that name, keeps no server from starting.
    return undefined;
  }
}

/** A script of a client component, by the client manifest with the name that it has by default. */
function listedScript(folder: string): string | undefined {
  const {existsSync, readFileSync, resolve} = files();
  const file = resolve(folder, 'react-client-manifest.json');
  if (!existsSync(file)) return undefined;
  const manifest = JSON.parse(readFileSync(file, 'utf8')) as ClientManifest;
  return Object.values(manifest)
    .flatMap(({chunks}) => chunks.filter((_, index) => index % 2 === 1).map(String))
    .find((script) => !script.includes('/') && existsSync(resolve(folder, script)));
}

/** A script that has the id of a server function in it. */
function callingScript(folder: string, ids: readonly string[]): string | undefined {
  // Servers that were compiled with hashed ids have those too.
  const paths = ids.filter((id) => id.includes('#'));
  if (paths.length === 0) return undefined;
  const {readFileSync, readdirSync, resolve, statSync} = files();
  const scripts = readdirSync(folder).filter((name) => /\.[cm]?js$/.test(name));
  return scripts.slice(0, MOST_SCRIPTS).find((name) => {
    const script = resolve(folder, name);
    const stats = statSync(script, {throwIfNoEntry: false});
    if (!stats?.isFile() || stats.size > LARGEST_SCRIPT) return false;
    const text = readFileSync(script, 'utf8');
    return paths.some((id) => text.includes(id));
  });
}

function files(): NodeFiles {
  return nodeFiles('A manifest that is given by its path needs a file system.');
}
