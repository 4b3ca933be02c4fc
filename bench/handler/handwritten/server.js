// What one writes by hand on React's runtime, as React's own fixtures do: no limits and no checks, but captures
// are encrypted.
import {createCipheriv, createDecipheriv, randomBytes} from 'node:crypto';
import {createServer} from 'node:http';
import busboy from 'busboy';
import {createElement as h} from 'react';
import {
  decodeAction,
  decodeReply,
  decodeReplyFromBusboy,
  registerServerReference,
  renderToPipeableStream,
} from 'react-server-dom-webpack/server.node';
import {note} from '../support/note.js';

const functions = {
  save: async ({id, title, tags}) => ({
    id,
    title: title.trim(),
    saved: true,
    tags: tags.length,
  }),
  saveForm: async (form) => ({
    id: Number(form.get('id')),
    title: form.get('title').trim(),
    saved: true,
  }),
  /** The captures are a bound argument. */
  saveNote: async (token, form) => {
    const {id, owner} = decrypt(await token);
    return {id, owner, title: form.get('title').trim(), saved: true};
  },
  postNote: async (token, form) => {
    const note = decrypt(await token);
    if (note.id !== 7 || !form.get('title').trim()) throw new Error('wrong');
  },
};
const key = randomBytes(32);

function encrypt(value) {
  const iv = randomBytes(12);
  const cipher = createCipheriv('aes-256-gcm', key, iv);
  const encrypted = [cipher.update(JSON.stringify(value)), cipher.final()];
  return Buffer.concat([iv, cipher.getAuthTag(), ...encrypted]).toString('base64url');
}

function decrypt(token) {
  const bytes = Buffer.from(token, 'base64url');
  const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, 12));
  decipher.setAuthTag(bytes.subarray(12, 28));
  return JSON.parse(Buffer.concat([decipher.update(bytes.subarray(28)), decipher.final()]));
}

const manifest = {};
for (const [name, fn] of Object.entries(functions)) {
  registerServerReference(fn, 'functions', name);
  manifest[`functions#${name}`] = {id: 'functions', chunks: [], name};
}
globalThis.__webpack_require__ = () => functions;
globalThis.__webpack_chunk_load__ = () => Promise.resolve();

const server = createServer((request, response) => {
  const answer = request.method === 'GET' ? page : request.headers['x-action-id'] ? call : form;
  answer(request, response).catch((error) => {
    console.error(error);
    response.writeHead(500).end();
  });
});
server.listen(0, '127.0.0.1', () => process.send({port: server.address().port}));

async function page(request, response) {
  const model = h(
    'main',
    null,
    h('form', {id: 'object', action: functions.save}),
    h('form', {id: 'formData', action: functions.saveForm}),
    h('form', {id: 'captures', action: functions.saveNote.bind(null, encrypt(note))}),
    h('form', {id: 'posted', action: functions.postNote.bind(null, encrypt(note))}),
  );
  renderToPipeableStream(model, {}).pipe(response);
}

async function call(request, response) {
  const {name} = manifest[request.headers['x-action-id']];
  const args = isMultipart(request)
    ? await readMultipart(request)
    : await decodeReply((await readBytes(request)).toString(), manifest);
  const result = await functions[name](...args);
  response.setHeader('Content-Type', 'text/x-component');
  renderToPipeableStream(result, {}).pipe(response);
}

async function form(request, response) {
  const body = new Response(await readBytes(request), {
    headers: {'content-type': request.headers['content-type']},
  });
  const action = await decodeAction(await body.formData(), manifest);
  await action();
  response.writeHead(303, {Location: request.url}).end();
}

function isMultipart({headers}) {
  return headers['content-type'].startsWith('multipart/form-data');
}

function readMultipart(request) {
  const parser = busboy({headers: request.headers});
  const args = decodeReplyFromBusboy(parser, manifest);
  request.pipe(parser);
  return args;
}

function readBytes(request) {
  return new Promise((resolve, reject) => {
    const chunks = [];
    request.on('data', (chunk) => chunks.push(chunk));
    request.on('end', () => resolve(Buffer.concat(chunks)));
    request.on('error', reject);
  });
}
