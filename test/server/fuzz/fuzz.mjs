// Sends requests to the handler that a body of React's could hardly be less alike, or more.
//
// TEST_SEED and TEST_RUNS choose them. Prints one line of JSON, and for a failure the request.
import assert from 'node:assert/strict';
import {Worker} from 'node:worker_threads';
import * as fc from 'fast-check';
import {failures, handlers, ran} from './app.mjs';
import * as arbitrary from './arbitraries.mjs';
import {BOUNDARY} from './arbitraries.mjs';
import {changeBytes, changeFields, encode} from './encoded.mjs';

const seed = Number(process.env.TEST_SEED ?? Math.floor(Math.random() * 2 ** 31));
const runs = Number(process.env.TEST_RUNS ?? 3000);
/** A request that takes longer waits for something that never comes. */
const LONGEST = 20_000;
/** Runs that fast-check makes at once: it remembers some of each. */
const BATCH = 5000;

const uncaught = [];
process.on('unhandledRejection', (error) => uncaught.push(error));
process.on('uncaughtException', (error) => uncaught.push(error));
// Of the module that throws when it is loaded, and the one that was not compiled.
console.error = () => {};
console.warn = () => {};

const statistics = {seed, requests: 0, executed: 0, statuses: {}, slowest: 0};
const builtIn = [Object, Array, Function, Promise, Map, Set, String, FormData].flatMap((type) => [
  type.prototype,
  type,
]);
const untouched = snapshot();

/** Runs so far, for the watch. */
const beats = new Int32Array(new SharedArrayBuffer(4));
/** Ends the process when a request keeps it so busy that no timer of its own comes to run. */
new Worker(
  `const {workerData: beats} = require('node:worker_threads');
   let last = -1;
   setInterval(() => {
     if (beats[0] !== last) return void (last = beats[0]);
     require('node:fs').writeSync(1, '{}\\nRun ' + last + ' of seed ${seed} never ends.\\n');
     process.kill(process.pid, 'SIGKILL');
   }, 60_000);`,
  {eval: true, workerData: beats},
).unref();

/** Own properties of everything that must not be changed. */
function snapshot() {
  const functions = Object.values(globalThis.fuzzedFunctions);
  return JSON.stringify(
    [...builtIn, ...functions].map((value) => Reflect.ownKeys(value).map(String)),
  );
}

function assertUntouched() {
  assert.equal(snapshot(), untouched, 'A built-in object or a function was changed.');
}

const endpoint = 'http://app.test/rsc-action';
const boundary = {'Content-Type': `multipart/form-data; boundary=${BOUNDARY}`};

/** The bytes of a multipart body. */
function multipart(fields) {
  const pieces = fields.flatMap(([name, value]) => {
    const escaped = name.replace(/\r?\n|\r/g, '%0D%0A').replaceAll('"', '%22');
    const start = `--${BOUNDARY}\r\nContent-Disposition: form-data; name="${escaped}"`;
    if (typeof value === 'string') return [Buffer.from(`${start}\r\n\r\n${value}\r\n`)];
    const type = value.type || 'application/octet-stream';
    const head = `${start}; filename="f"\r\nContent-Type: ${type}\r\n\r\n`;
    return [Buffer.from(head), value.file, Buffer.from('\r\n')];
  });
  return Buffer.concat([...pieces, Buffer.from(`--${BOUNDARY}--\r\n`)]);
}

const {id, headers, method, fieldChanges, byteChanges} = arbitrary;
const which = fc.nat(1);
const common = {id, headers, method, which};

/** Each makes of its record the request, and says whether it must be accepted. */
const kinds = {
  grammar: {
    record: {...common, fields: arbitrary.grammarFields},
    make: ({fields}) => ({body: multipart(fields), type: boundary}),
  },
  encoded: {
    record: {...common, args: fc.array(arbitrary.argument, {maxLength: 3}), changes: fieldChanges},
    async make({args, changes, ...given}) {
      const fields = changeFields(await encode(args), changes);
      const isHonest = changes.length === 0 && isHonestCall(given);
      return {body: multipart(fields), type: boundary, isHonest};
    },
  },
  text: {
    record: {...common, args: fc.array(arbitrary.model, {maxLength: 4}), changes: byteChanges},
    make: ({args, changes}) => ({
      body: changeBytes(Buffer.from(arbitrary.json(args)), changes),
      type: {'Content-Type': 'text/plain;charset=UTF-8'},
    }),
  },
  multipart: {
    record: {...common, text: arbitrary.multipartText, changes: byteChanges},
    make: ({text, changes}) => ({
      body: changeBytes(Buffer.from(text), changes),
      type: boundary,
    }),
  },
  bytes: {
    record: {...common, fields: arbitrary.grammarFields, changes: byteChanges},
    make: ({fields, changes}) => ({
      body: changeBytes(multipart(fields), changes),
      type: boundary,
    }),
  },
  form: {
    record: {headers, method, which, fields: arbitrary.formFields, changes: fieldChanges},
    make: ({fields, changes}) => ({
      body: multipart(changeFields(fields, changes)),
      type: boundary,
      url: 'http://app.test/page?a=b',
    }),
  },
};

function isHonestCall({id: name, headers: own, method: verb}) {
  return name.startsWith('src/fuzzed.mjs#') && Object.keys(own).length === 0 && verb === 'POST';
}

const requests = fc.oneof(
  ...Object.entries(kinds).map(([kind, {record}]) =>
    fc
      .record({...record, variants: fc.array(byteChanges, {maxLength: 6})})
      .map(({variants, ...given}) => ({kind, given, variants})),
  ),
);

/** Fails when the request, or one whose bytes differ a little, does what no request may do. */
async function check({kind, given, variants}) {
  const made = await kinds[kind].make(given);
  await send(given, made);
  for (const changes of variants) {
    const body = changeBytes(made.body, changes);
    await send({...given, which: 1 - given.which}, {...made, body, isHonest: false});
  }
}

async function send(given, made) {
  beats[0]++;
  const request = buildRequest(given, made);
  if (!request) return;
  const before = ran.count;
  failures.length = 0;
  const started = performance.now();
  const response = await withDeadline(handlers[given.which](request));
  const text = response ? await withDeadline(response.text()) : '';
  statistics.slowest = Math.max(statistics.slowest, performance.now() - started);
  statistics.requests++;
  const status = response?.status ?? 'left to the app';
  statistics.statuses[status] = (statistics.statuses[status] ?? 0) + 1;
  const executed = ran.count - before;
  statistics.executed += executed;

  if (made.isHonest) assert.equal(status, 200, text);
  checkAnswer(response, text, executed, request);
  assert.deepEqual(ran.forbidden, []);
  if (statistics.requests % 50 === 0) assertUntouched();
  assert.ok(!globalThis.loadedModules?.includes('unlisted'));
  if (uncaught.length > 0) throw uncaught.splice(0)[0];
}

function checkAnswer(response, text, executed, request) {
  if (!response) return assert.equal(executed, 0);
  const {status, headers: own} = response;
  const code = own.get('x-action-error');
  if (status >= 400) {
    assert.equal(executed, 0, `${status} ${code}, but a function ran.`);
    assert.ok(code, String(status));
    if (status < 500) assert.ok(text.length < 400, text);
    assert.equal(own.get('x-content-type-options'), 'nosniff');
    assert.equal(own.get('cache-control'), 'no-store');
  } else {
    assert.equal(executed, 1, `${status}, and ${executed} functions ran.`);
  }
  const site = request.headers.get('sec-fetch-site');
  const isForeign = site !== null && site !== 'same-origin' && site !== 'none';
  if (isForeign) assert.ok(status === 403 || status === 405, `${site} was answered by ${status}`);
  // A module of the app that throws while it is loaded is the one reason.
  if (status >= 500) assert.match(String(failures[0]?.error?.stack), /broken\.mjs/);
}

/** Nothing for what no HTTP client could send. */
function buildRequest(
  {id: name, headers: own, method: verb = 'POST'},
  {body, type, url = endpoint},
) {
  const hasBody = verb !== 'GET' && verb !== 'HEAD';
  const all = {
    ...(url === endpoint && {'X-Action-Id': name}),
    'Sec-Fetch-Site': 'same-origin',
    ...type,
    ...own,
  };
  try {
    return new Request(url, {method: verb, headers: all, ...(hasBody && {body})});
  } catch {
    return undefined;
  }
}

async function withDeadline(work) {
  let timer;
  const deadline = new Promise((_, reject) => {
    timer = setTimeout(() => reject(new Error('The request waits without end.')), LONGEST);
  });
  try {
    return await Promise.race([work, deadline]);
  } finally {
    clearTimeout(timer);
  }
}

/** Megabytes, after everything that can be collected was. */
function memory() {
  if (!globalThis.gc) return undefined;
  globalThis.gc();
  const {heapUsed, rss} = process.memoryUsage();
  return {heap: Math.round(heapUsed / 1e5) / 10, rss: Math.round(rss / 1e6)};
}

async function main() {
  const started = Date.now();
  for (let done = 0; done < runs; done += BATCH) {
    const numRuns = Math.min(BATCH, runs - done);
    const details = await fc.check(fc.asyncProperty(requests, check), {
      seed: seed + done,
      numRuns,
      endOnFailure: false,
    });
    if (details.failed) {
      console.log(JSON.stringify(statistics));
      console.log(`seed ${seed + done}, path ${details.counterexamplePath}`);
      console.log(fc.stringify(details.counterexample));
      console.log(details.errorInstance?.stack ?? details.error);
      process.exit(1);
    }
    const seconds = Math.round((Date.now() - started) / 1000);
    if (runs > BATCH)
      process.stderr.write(`${JSON.stringify({...statistics, seconds, memory: memory()})}\n`);
  }
  // A moment for what comes late.
  await new Promise((resolve) => setTimeout(resolve, 100));
  if (uncaught.length > 0) throw uncaught[0];
  assertUntouched();
  console.log(
    JSON.stringify({
      ...statistics,
      seconds: Math.round((Date.now() - started) / 1000),
      memory: memory(),
    }),
  );
  process.exit(0);
}
try {
  await main();
} catch (error) {
  console.log(error.stack);
  process.exit(1);
}
