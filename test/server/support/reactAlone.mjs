// What React makes of bodies of hostileReplies.mjs when nobody has looked at them before. Its argument is
// the name of a body, or of a kind of them, and whether it is sent back. Prints how each ends: "decoded", "refused", "waits", or what whoever walks through the arguments meets. An exception
// that nobody catches ends the process.
import {Worker} from 'node:worker_threads';
import {
  decodeReply,
  registerServerReference,
  renderToReadableStream,
} from 'react-server-dom-webpack/server';
import {action} from './app.mjs';
import {kinds, replies} from './hostileReplies.mjs';

const namespace = {echo: registerServerReference(async () => {}, 'src/actions.mjs', 'echo')};
globalThis.__webpack_require__ = () => namespace;
globalThis.__webpack_chunk_load__ = async () => {};
const manifest = {[action('echo')]: {id: 'module', chunks: [], name: 'echo'}};

const [, , chosen, back] = process.argv;
if (back) console.log(await sendBack(replies[chosen]));

for (const name of back ? [] : (kinds[chosen] ?? [chosen])) {
  const soon = new Promise((resolve) => setTimeout(resolve, 1000, 'waits'));
  const decoded = decode(replies[name]).then(walk, () => 'refused');
  console.log(await Promise.race([decoded, soon]));
}
process.exit();

/** As a server function does that returns what it was given. */
async function sendBack(fields) {
  const args = await decodeReply(formOf(fields), manifest);
  // No timer of this thread would come to run.
  const watchdog = new Worker(
    `setTimeout(() => {
       require('node:fs').writeSync(1, 'busy');
       process.kill(process.pid, 'SIGKILL');
     }, 1000)`,
    {eval: true},
  );
  watchdog.unref();
  await new Response(renderToReadableStream(args, {})).text();
  return 'sent';
}

function formOf(fields) {
  const form = new FormData();
  for (const [name, value] of fields) form.append(name, value);
  return form;
}

async function decode(fields) {
  const [first, second] = await decodeReply(formOf(fields), manifest);
  const value = await first;
  if (value instanceof ReadableStream) for await (const _piece of value);
  // As a server function does that wants none of it.
  if (Array.isArray(value) && value[0] instanceof ReadableStream) await value[0].cancel();
  await new Promise((resolve) => setTimeout(resolve, 20));
  return [value, second];
}

function walk(root) {
  let size = 0;
  const visit = (value) => {
    if (value instanceof FormData) [...value.values()].forEach(visit);
    else if (ArrayBuffer.isView(value)) size += value.byteLength;
    else if (value instanceof Blob) size += value.size;
    else if (typeof value === 'string') size += value.length;
    else if (typeof value === 'object' && value !== null) Object.values(value).forEach(visit);
    if (++size > 20_000_000) throw new Error('more than anybody sent');
  };
  try {
    visit(root);
    return 'decoded';
  } catch (error) {
    return error.message;
  }
}
