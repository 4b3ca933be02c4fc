import {writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {callRequest} from './app.mjs';

/** The root of an app whose files a test changes. */
export const root = process.env.USE_SERVER_ROOT;
export const manifest = join(root, 'server-actions-manifest.json');

export function write(path, content) {
  writeFileSync(join(root, path), typeof content === 'string' ? content : JSON.stringify(content));
}

/** What webpack would write for functions, each by its id. */
export function list(...ids) {
  return Object.fromEntries(
    ids.map((id) => {
      const [path, name] = id.split('#');
      return [id, {id: path, chunks: [], name, async: true}];
    }),
  );
}

export function listFunctions(...ids) {
  write('server-actions-manifest.json', list(...ids));
}

/** What the handler answers: the status, and why there is no result. */
export async function call(handle, id) {
  const response = await handle(await callRequest(id));
  const code = response.headers.get('X-Action-Error');
  return code === null ? `${response.status}` : `${response.status} ${code}`;
}
