import {mkdirSync, writeFileSync} from 'node:fs';
import {fileURLToPath, pathToFileURL} from 'node:url';
import {build} from 'esbuild';

const source = fileURLToPath(new URL('../../../../dist/src/', import.meta.url));
const output = fileURLToPath(
  new URL(`../../../../.cache/properties/${process.pid}/`, import.meta.url),
);

/**
 * The runtime that compiled modules import, with the encryption of captures replaced: its speed is
 * that of a random program's own code, so that a million of them can be run.
 *
 * @param {{encryptCaptures: Function, decryptCaptures: Function}} encryption
 */
export async function loadLiteRuntime(encryption) {
  globalThis.__encryption = encryption;
  const {outputFiles} = await build({
    stdin: {
      contents: `export * from './runtime/index.js';`,
      resolveDir: source,
    },
    bundle: true,
    write: false,
    format: 'esm',
    platform: 'node',
    packages: 'external',
    plugins: [
      {
        name: 'no-encryption',
        setup(plugin) {
          plugin.onLoad({filter: /[\\/]encryption\.js$/}, () => ({
            contents: 'export const {encryptCaptures, decryptCaptures} = globalThis.__encryption;',
          }));
        },
      },
    ],
  });
  mkdirSync(output, {recursive: true});
  const file = `${output}runtime.mjs`;
  writeFileSync(file, outputFiles[0].contents);
  return import(pathToFileURL(file).href);
}
