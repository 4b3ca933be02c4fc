import {readdirSync, readFileSync} from 'node:fs';
import {join} from 'node:path';
import {fileURLToPath} from 'node:url';
import {BundledProject} from '../../webpack-server/support/bundledProject.ts';

const source = fileURLToPath(new URL('../fixtures/app/src/', import.meta.url));

/** The app of the tests, of which both the server and the client run in workers. */
export const APP: Record<string, string> = Object.fromEntries(
  readdirSync(source).map((file) => [`src/${file}`, readFileSync(join(source, file), 'utf8')]),
);

/** Properties of configs that make ES modules for workers. */
export const FOR_WORKERS = `
  target: ['webworker', 'es2022'],
  experiments: {outputModule: true},
  output: {module: true, filename: '[name].js', library: {type: 'module'}},`;

export const OPTIONS = `callServer: './src/callServer.js'`;

/** Folders with the bundles. */
export interface BuiltWorkers {
  folder: string;
  server: string;
  client: string;
  /** Of the server's bundle. */
  code: string;
}

/**
 * @param config as for `BundledProject`, with targets for workers
 * @throws Error with the messages of webpack
 */
export async function buildWorkers(
  name: string,
  config: string,
  files = APP,
): Promise<BuiltWorkers> {
  const project = new BundledProject(`edge-${name}`, files);
  const {errors, warnings, files: emitted} = await project.build(config, OPTIONS);
  if (errors.length + warnings.length > 0) throw new Error([...errors, ...warnings].join('\n'));
  const folder = join(project.folder, 'dist');
  const scripts = Object.entries(emitted).filter(([file]) => /^server\/.*\.js$/.test(file));
  return {
    folder,
    server: join(folder, 'server'),
    client: join(folder, 'client'),
    code: scripts.map(([, text]) => text).join('\n'),
  };
}
