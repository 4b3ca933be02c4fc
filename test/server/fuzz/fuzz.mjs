// Sends requests to the handler that a body of React's could hardly be less alike, or more.
//
// TEST_SEED and TEST_RUNS choose them. Prints one line of JSON, and for a failure the request.
import assert from 'node:assert/strict';
import {Worker} from 'node:worker_threads';
import * as fc from 'fast-check';
import {carefulIds, forbidden, handle, takeUnreported} from './app.mjs';
import * as arbitrary from './arbitraries.mjs';
import {BOUNDARY} from './arbitraries.mjs';
import {changeBytes, changeFields, encode, hasUnsealed} from './encoded.mjs';
import {testSeed as seed} from '../../support/seed.mjs';

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

const statistics = {seed, requests: 0, executed: 0, passed: 0, statuses: {}, slowest: 0};
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

const {id, headers, verb, fieldChanges, byteChanges} = arbitrary;
const which = fc.nat(1);
const common = {id, headers, verb, which};

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
      const isHonest = changes.length === 0 && isHonestCall(given) && !hasUnsealed(args);
      return {body: multipart(fields), type: boundary, isHonest};
    },
  },
  careless: {
    record: {which, call: arbitrary.carelessCall},
    make: ({call: {id: name, fields}}) => ({body: multipart(fields), type: boundary, name}),
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
    record: {headers, verb, which, fields: arbitrary.formFields, changes: fieldChanges},
    make: ({fields, changes}) => ({
      body: multipart(changeFields(fields, changes)),
      type: boundary,
      url: 'http://app.test/page?a=b',
    }),
  },
};

function isHonestCall({id: name, headers: own, verb: given}) {
  return carefulIds.includes(name) && Object.keys(own).length === 0 && given === 'POST';
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
  const started = performance.now();
  const {record, answer} = handle(given.which, request);
  const response = await withDeadline(answer);
  const text = response ? await withDeadline(readAnswer(response)) : '';
  statistics.slowest = Math.max(statistics.slowest, performance.now() - started);
  statistics.requests++;
  const status = response?.status ?? 'left to the app';
  statistics.statuses[status] = (statistics.statuses[status] ?? 0) + 1;
  if (record.ran > 0) statistics.executed++;
  statistics.passed += Math.max(record.ran - 1, 0);

  if (made.isHonest) assert.equal(status, 200, text);
  checkAnswer(response, text, record, request);
  assert.deepEqual(forbidden, []);
  if (statistics.requests % 50 === 0) assertUntouched();
  if (statistics.requests % 1000 === 0) await assertReported();
  assert.ok(!globalThis.loadedModules?.includes('unlisted'));
  if (uncaught.length > 0) throw uncaught.splice(0)[0];
}

/** An answer may break off by the deadline of its call. */
function readAnswer(response) {
  return response.text().catch((error) => String(error));
}

/** Answers of functions that have run. */
const ENDS = ['not-found', 'timeout', 'server-function-failed'];

function checkAnswer(response, text, record, request) {
  if (!response) return assert.equal(record.ran, 0);
  const {status, headers: own} = response;
  const code = own.get('x-action-error');
  record.refused = status >= 400 && code !== null && !ENDS.includes(code);
  // A module that throws while it is loaded, or a body that is not there though it was announced.
  const {failures} = record;
  const isBroken = failures.some((error) =>
    /broken\.mjs|was read before/.test(String(error?.stack)),
  );
  if (record.refused) {
    assert.equal(record.ran, 0, `${status} ${code}, but a function ran.`);
    assert.ok(status < 500, String(status));
    assert.ok(text.length < 400, text);
  } else if (!isBroken) {
    // A deadline may pass while captures are checked.
    assert.ok(record.ran > 0 || code === 'timeout', `${status} ${code}, but nothing ran.`);
  }
  if (status >= 400 && code !== null) {
    assert.equal(own.get('x-content-type-options'), 'nosniff');
    assert.equal(own.get('cache-control'), 'no-store');
  }
  const site = request.headers.get('sec-fetch-site');
  const isForeign = site !== null && site !== 'same-origin' && site !== 'none';
  if (isForeign) assert.ok(status === 403 || status === 405, `${site} was answered by ${status}`);
  if (status >= 500) assert.ok(isBroken || failures.length > 0, `${status} without an error`);
  const isCareful = carefulIds.includes(request.headers.get('x-action-id'));
  if (status >= 500 && isCareful) assert.ok(isBroken, String(failures[0]?.stack));
}

/** What a passed function fails with reaches `onError`, whoever called it. */
async function assertReported() {
  await new Promise((resolve) => setTimeout(resolve, 50));
  assert.deepEqual(
    takeUnreported().map((error) => error.stack),
    [],
  );
}

/** Nothing for what no HTTP client could send. */
function buildRequest(
  {id: ownId, headers: own, verb: method = 'POST'},
  {body, type, name = ownId, url = endpoint},
) {
  const hasBody = method !== 'GET' && method !== 'HEAD';
  const all = {
    ...(url === endpoint && {'X-Action-Id': name}),
    'Sec-Fetch-Site': 'same-origin',
    ...type,
    ...own,
  };
  try {
    return new Request(url, {method, headers: all, ...(hasBody && {body})});
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
  await assertReported();
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
