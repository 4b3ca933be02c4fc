import {decodeReply, renderToReadableStream} from 'react-server-dom-webpack/server';
import {loadServerManifest} from 'use-server-webpack-plugin/server';

/**
 * Carries calls as a browser and a server do: the reference goes out with Flight, React's browser
 * client encodes id and arguments, React's server decodes them and finds the function by the manifest.
 *
 * @param {{id: string, exportName: string, file: string}[]} references with the compiled module's file
 * @param {string} root folder of the compiled modules
 */
export function createWire(references, root) {
  const entries = references.map(({id, exportName, file}) => [
    id,
    {id: file, chunks: [], name: exportName, async: true},
  ]);
  const manifest = loadServerManifest(Object.fromEntries(entries), {root});

  /** Sends a value from server to browser. */
  async function toBrowser(value) {
    const client = await browserClient();
    const stream = renderToReadableStream(value, {}, {onError: () => {}});
    return client.createFromReadableStream(stream, {callServer});
  }

  async function callServer(id, args) {
    const client = await browserClient();
    const body = await client.encodeReply(args);
    const decoded = await decodeReply(body, manifest);
    const {name, id: module} = manifest[id];
    const fn = (await globalThis.__webpack_require__(module))[name];
    return toBrowser(fn.apply(null, decoded));
  }

  async function call(fn, ...args) {
    // What a call gave is a function of the browser already.
    if (fn.$$typeof === undefined) return fn(...args);
    const [proxy] = await toBrowser([fn]);
    return proxy(...args);
  }
  return {call};
}

let client;

/** React's browser client, which needs webpack's way of finding a chunk's file when it is loaded. */
async function browserClient() {
  if (!client) {
    globalThis.__webpack_require__.u ??= () => '';
    client = await import('react-server-dom-webpack/client.browser');
  }
  return client;
}
