import {dirname} from 'node:path';
import {promisify} from 'node:util';
import type {Compiler} from 'webpack';

const NAME = 'UseServerWebpackPlugin';

type MakeFolder = (path: string, options: {recursive: true}) => Promise<unknown>;

/**
 * Dev servers keep what they serve in memory. The manifests are not to be served, but for the server:
 * they are written to where its compiler writes.
 *
 * @param compiler of the client
 * @param files names of the assets; is called when webpack has its paths
 * @param server gives the server's compiler, if there is one
 */
export function copyManifests(
  compiler: Compiler,
  files: () => readonly string[],
  server: () => Compiler | null,
): void {
  compiler.hooks.assetEmitted.tapPromise(NAME, async (file, {targetPath, content}) => {
    const fileSystem = server()?.outputFileSystem;
    if (!fileSystem || fileSystem === compiler.outputFileSystem) return;
    if (!files().includes(file)) return;
    const makeFolder: MakeFolder = promisify(fileSystem.mkdir.bind(fileSystem));
    await makeFolder(dirname(targetPath), {recursive: true});
    await promisify(fileSystem.writeFile.bind(fileSystem))(targetPath, content);
  });
}
