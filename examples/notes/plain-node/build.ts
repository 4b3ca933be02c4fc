import {existsSync} from 'node:fs';
import {join} from 'node:path';

/** Where webpack.config.js beside this file writes to. */
export const buildFolder = join(
  'build/plain-node',
  process.env.NODE_ENV === 'production' ? 'production' : 'development',
);

/** @throws Error when the build has not been made */
export function buildFile(name: string): string {
  const file = join(buildFolder, name);
  if (!existsSync(file)) {
    throw new Error(`${file} does not exist. Build the app first: "npm start" does that.`);
  }
  return file;
}
