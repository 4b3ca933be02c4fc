import assert from 'node:assert/strict';
import {setTimeout as sleep} from 'node:timers/promises';
import {context, propagation, trace} from '@opentelemetry/api';
import {
  InMemorySpanExporter,
  NodeTracerProvider,
  SimpleSpanProcessor,
} from '@opentelemetry/sdk-trace-node';
import {
  cookies,
  headers,
  notFound,
  redirect,
  RefusalError,
  signal,
} from 'use-server-webpack-plugin/server';
import {encryptCaptures} from '../../dist/src/server/captures/encryption.js';
import {runCases} from '../support/cases.mjs';
import {callRequest, origin, readResult, silenced} from './support/app.mjs';
import {dynamicApp, dynamicManifest, id} from './support/dynamicApp.mjs';
import {id as inlineId, state} from './fixtures/app/src/inline.mjs';

const unhandled = [];
process.on('unhandledRejection', (reason) => unhandled.push(reason));
const production = process.env.NODE_ENV === 'production';
const names = (app) =>
  app.errors.splice(0).map(({error}) => (error.name === 'RequestError' ? error.code : error.name));

/** An app that tells `reports` what `onCall` got. */
function reportingApp(options) {
  const reports = [];
  return {reports, ...dynamicApp({onCall: (report) => void reports.push(report), ...options})};
}

const spans = new InMemorySpanExporter();
new NodeTracerProvider({spanProcessors: [new SimpleSpanProcessor(spans)]}).register();
const tracer = trace.getTracer('app');

/** What docs/hooks.md shows. */
function traced({id: name}, next) {
  return tracer.startActiveSpan(name, async (span) => {
    try {
      return await next();
    } catch (error) {
      span.recordException(error);
      throw error;
    } finally {
      span.end();
    }
  });
}

/** The same. */
function fromBrowser({request}, next) {
  const carrier = Object.fromEntries(request.headers);
  return context.with(propagation.extract(context.active(), carrier), next);
}

await runCases({
  async 'onCall is told of every way in which a function ends, with its id, request and duration'() {
    const app = reportingApp({timeout: 200});
    const ways = {
      returned: async () => sleep(5),
      threw: async () => {
        throw new RangeError('thrown');
      },
      redirected: async () => redirect('/x'),
      'not-found': async () => notFound(),
      timeout: () => new Promise(() => {}),
    };
    for (const kind of ['call', 'post']) {
      for (const [outcome, run] of Object.entries(ways)) {
        const response = await app[kind](run, {headers: {'X-Test': outcome}});
        await response.text();
        const [report, ...more] = app.reports.splice(0);
        assert.deepEqual(more, []);
        assert.equal(report.outcome, outcome);
        assert.equal(report.id, id);
        assert.equal(report.request.headers.get('x-test'), outcome);
        assert.ok(report.duration >= (outcome === 'timeout' ? 190 : 0), `${report.duration}`);
        assert.equal('error' in report, ['threw', 'not-found', 'timeout'].includes(outcome));
        if (outcome === 'threw') assert.equal(report.error.name, 'RangeError');
      }
    }
    assert.equal(app.errors.splice(0).length, 4);
  },
  async 'onCall is told of a client that left, and not of a request that no function ran for'() {
    const app = reportingApp();
    const controller = new AbortController();
    const answer = app.call(
      () => {
        controller.abort();
        return new Promise(() => {});
      },
      {signal: controller.signal},
    );
    await answer;
    assert.deepEqual(
      app.reports.splice(0).map(({outcome}) => outcome),
      ['aborted'],
    );
    await app.handle(await callRequest('src/unknown.mjs#x'));
    assert.deepEqual(app.reports, []);
    assert.deepEqual(names(app), ['unknown-function']);
  },
  async 'an onCall that fails does not take the answer away'() {
    for (const onCall of [
      () => {
        throw new Error('meter');
      },
      async () => {
        throw new Error('meter');
      },
    ]) {
      const app = dynamicApp({onCall});
      const lines = await silenced(async () => {
        assert.equal(await readResult(await app.call(async () => 'result')), 'result');
        await sleep(5);
      });
      assert.equal(lines.length, 1);
      assert.match(lines[0][0], /onCall option/);
    }
    assert.deepEqual(unhandled.splice(0), []);
  },
  async 'middleware runs around the function, the first outermost, with the id, the request and the helpers'() {
    const order = [];
    const named = (name) => async (call, next) => {
      order.push(`${name} before`);
      assert.equal(call.id, id);
      assert.equal(call.request.headers.get('x-user'), 'ada');
      assert.equal(headers().get('x-user'), 'ada');
      assert.equal(signal().aborted, false);
      cookies().set(name, '1');
      const result = await next();
      order.push(`${name} after ${result}`);
      return result;
    };
    const app = dynamicApp({middleware: [named('outer'), named('inner')]});
    for (const kind of ['call', 'post']) {
      const response = await app[kind](
        async () => {
          order.push('function');
          return 'result';
        },
        {headers: {'X-User': 'ada'}},
      );
      assert.match(response.headers.get('set-cookie'), /^outer=1.*inner=1/);
      if (kind === 'call') assert.equal(await readResult(response), 'result');
      else assert.equal(response.status, 303);
      assert.deepEqual(order.splice(0), [
        'outer before',
        'inner before',
        'function',
        'inner after result',
        'outer after result',
      ]);
    }
  },
  async 'middleware can change the result, see and change an error, and redirect'() {
    const seen = [];
    const app = dynamicApp({
      middleware: [
        async (_, next) => {
          const mode = headers().get('x-mode');
          if (mode === 'redirect') redirect('/login');
          try {
            const result = await next();
            return mode === 'wrap' ? {wrapped: result} : result;
          } catch (error) {
            seen.push(error.message);
            if (mode === 'default') return 'default';
            throw error;
          }
        },
      ],
    });
    const call = (run, mode) => app.call(run, {headers: {'X-Mode': mode}});
    const fail = async () => {
      throw new Error('broken');
    };
    assert.deepEqual(await readResult(await call(async () => 1, 'wrap')), {wrapped: 1});
    assert.equal(await readResult(await call(fail, 'default')), 'default');
    assert.equal((await call(fail, 'pass')).status, 500);
    assert.deepEqual(seen, ['broken', 'broken']);
    const response = await call(fail, 'redirect');
    assert.equal(response.headers.get('x-action-redirect'), '/login');
    assert.deepEqual(names(app), ['Error']);
  },
  async 'what next() gave stands when middleware returns nothing, an error and a redirect too'() {
    const app = dynamicApp({
      middleware: [
        async (_, next) => {
          try {
            await next();
          } catch {}
        },
        (_, next) => void next(),
      ],
    });
    assert.equal(await readResult(await app.call(async () => 'result')), 'result');
    assert.equal((await app.call(() => Promise.reject(new TypeError('no')))).status, 500);
    assert.deepEqual(names(app), ['TypeError']);
    const response = await app.call(async () => redirect('/x'));
    assert.equal(response.headers.get('x-action-redirect'), '/x');
    assert.deepEqual(unhandled.splice(0), []);
  },
  async 'middleware refuses by a RefusalError: status, text, code and headers are its own, and nothing runs'() {
    const app = reportingApp({
      middleware: [
        () => {
          cookies().set('seen', '1');
          throw new RefusalError(429, 'Too many calls.', {
            code: 'rate-limited',
            headers: {'Retry-After': '60'},
          });
        },
      ],
    });
    let runs = 0;
    for (const kind of ['call', 'post']) {
      const response = await app[kind](async () => runs++);
      assert.equal(response.status, 429);
      assert.equal(response.headers.get('x-action-error'), 'rate-limited');
      assert.equal(response.headers.get('retry-after'), '60');
      assert.match(response.headers.get('set-cookie'), /^seen=1/);
      assert.equal(await response.text(), 'Too many calls.');
    }
    assert.equal(runs, 0);
    assert.deepEqual(names(app), ['RefusalError', 'RefusalError']);
    assert.deepEqual(
      app.reports.map(({outcome}) => outcome),
      ['refused', 'refused'],
    );
  },
  async 'a form that middleware refuses is answered by renderError'() {
    const failures = [];
    const app = dynamicApp({
      middleware: [() => Promise.reject(new RefusalError(401, 'Sign in first.'))],
      renderError: (_, failure) => (failures.push(failure), new Response('page')),
    });
    const response = await app.post(async () => {});
    assert.equal(response.status, 401);
    assert.equal(await response.text(), 'page');
    assert.equal(failures[0].message, 'Sign in first.');
  },
  async 'a RefusalError of the function, or of middleware after it has run, is an error like any other'() {
    const refuse = () => {
      throw new RefusalError(403, 'secret reason');
    };
    for (const [middleware, run] of [
      [[], async () => refuse()],
      [[(_, next) => next()], async () => refuse()],
      [[async (_, next) => (await next(), refuse())], async () => 'result'],
    ]) {
      const app = dynamicApp({middleware});
      const response = await app.call(run);
      assert.equal(response.status, 500);
      assert.equal(response.headers.get('x-action-error'), null);
      const text = await response.text();
      assert.equal(text.includes('secret reason'), !production);
    }
  },
  'a RefusalError that no answer could carry is refused itself'() {
    for (const status of [200, 302, 399, 600, 403.5, '403']) {
      assert.throws(() => new RefusalError(status, 'x'), /^TypeError: RefusalError: the status/);
    }
    for (const code of ['', 'Two words', 'a\r\nb', 'x'.repeat(51)]) {
      assert.throws(() => new RefusalError(403, 'x', {code}), /^TypeError: RefusalError: the code/);
    }
  },
  async 'middleware that calls next() twice, or does nothing at all, is an error that says so'() {
    let runs = 0;
    const twice = dynamicApp({middleware: [async (_, next) => (await next(), next())]});
    assert.equal((await twice.call(async () => runs++)).status, 500);
    assert.match(twice.errors[0].error.message, /called next\(\) twice/);
    assert.equal(runs, 1);
    const nothing = dynamicApp({middleware: [function idle() {}]});
    assert.equal((await nothing.call(async () => runs++)).status, 500);
    assert.match(nothing.errors[0].error.message, /idle neither called next\(\).*did not run/);
    assert.equal(runs, 1);
  },
  async 'a result that middleware drops is closed, and what fails in it is reported'() {
    const app = dynamicApp({
      middleware: [
        async (_, next) => {
          await next();
          throw new TypeError('dropped');
        },
      ],
    });
    let cancelled = false;
    const response = await app.call(async () => ({
      stream: new ReadableStream({cancel: () => void (cancelled = true)}),
      later: sleep(5).then(() => Promise.reject(new RangeError('later'))),
    }));
    assert.equal(response.status, 500);
    await response.text();
    await sleep(30);
    assert.ok(cancelled);
    assert.deepEqual(new Set(names(app)), new Set(['TypeError', 'RangeError']));
    assert.deepEqual(unhandled.splice(0), []);
  },
  async 'middleware runs after captures have been opened, never for a forged token'() {
    const seen = [];
    const app = dynamicApp({
      manifest: {
        ...dynamicManifest,
        [inlineId]: {id: 'src/inline.mjs', chunks: [], name: '$$Page$save', async: true},
      },
      middleware: [
        (call, next) => {
          seen.push(call.id);
          return next();
        },
      ],
    });
    state.end = async () => 'saved';
    const token = await encryptCaptures(inlineId, ['captured']);
    const response = await app.handle(await callRequest(inlineId, [token, 'extra']));
    assert.equal(await readResult(response), 'saved');
    assert.deepEqual(seen.splice(0), [inlineId]);
    assert.deepEqual(state.calls.splice(0), [['captured', 'extra']]);
    const post = (bound) => {
      const form = new FormData();
      form.append('$ACTION_REF_1', '');
      form.append('$ACTION_1:0', JSON.stringify({id: inlineId, bound: '$@1'}));
      form.append('$ACTION_1:1', JSON.stringify([bound]));
      const headers = {'Sec-Fetch-Site': 'same-origin'};
      return app.handle(new Request(`${origin}/notes`, {method: 'POST', body: form, headers}));
    };
    assert.equal((await post(token)).status, 303);
    assert.deepEqual(seen.splice(0), [inlineId]);
    assert.equal(state.calls.splice(0).length, 1);
    for (const forged of [
      await app.handle(await callRequest(inlineId, ['forged'])),
      await post('forged'),
    ]) {
      assert.equal(forged.headers.get('x-action-error'), 'invalid-captures');
    }
    assert.deepEqual(seen, []);
    assert.deepEqual(state.calls, []);
  },
  async 'a function whose time ran out in middleware does not run any more'() {
    let runs = 0;
    let ended;
    const end = new Promise((resolve) => (ended = resolve));
    const app = dynamicApp({
      timeout: 20,
      middleware: [
        async (_, next) => {
          await sleep(60);
          try {
            return await next();
          } finally {
            ended();
          }
        },
      ],
    });
    assert.equal((await app.call(async () => runs++)).status, 504);
    await end;
    assert.equal(runs, 0);
    assert.deepEqual(names(app), ['CallTimeoutError']);
  },
  async 'what fails in a result is reported once, whichever middleware the result goes through'() {
    const chains = {
      'next()': [(_, next) => next(), (_, next) => next()],
      'a wrapped result': [async (_, next) => ({wrapped: await next()})],
      nothing: [async (_, next) => void (await next())],
    };
    for (const [name, middleware] of Object.entries(chains)) {
      const app = dynamicApp({middleware});
      const response = await app.call(async () => ({
        later: sleep(5).then(() => Promise.reject(new RangeError('later'))),
      }));
      await response.text();
      await sleep(10);
      assert.deepEqual(names(app), ['RangeError'], name);
    }
    const app = dynamicApp({middleware: [async (_, next) => ({only: (await next()).kept})]});
    const response = await app.call(async () => ({
      kept: sleep(5).then(() => Promise.reject(new RangeError('kept'))),
      dropped: sleep(5).then(() => Promise.reject(new TypeError('dropped'))),
    }));
    await response.text();
    await sleep(10);
    assert.deepEqual(new Set(names(app)), new Set(['RangeError', 'TypeError']));
    assert.deepEqual(unhandled.splice(0), []);
  },
  async 'what fails in a result while middleware is still at work does not end the process'() {
    const app = dynamicApp({
      middleware: [
        async (_, next) => {
          const result = await next();
          await sleep(10);
          return result;
        },
      ],
    });
    const response = await app.call(async () => ({failed: Promise.reject(new RangeError('now'))}));
    assert.equal(response.status, 200);
    await response.text();
    assert.deepEqual(names(app), ['RangeError']);
    assert.deepEqual(unhandled.splice(0), []);
  },
  async 'a function does not run once an earlier middleware has refused the call, or given a result'() {
    let ends;
    const app = dynamicApp({
      middleware: [
        (_, next) => {
          void next();
          return ends();
        },
        async (_, next) => {
          await waiting;
          return next();
        },
      ],
    });
    let runs = 0;
    let go;
    let waiting;
    for (const [status, end] of [
      [503, () => Promise.reject(new RefusalError(503, 'Busy.'))],
      [200, async () => 'stale'],
    ]) {
      waiting = new Promise((resolve) => (go = resolve));
      ends = end;
      const response = await app.call(async () => runs++);
      assert.equal(response.status, status);
      app.errors.splice(0);
      go();
      await sleep(5);
      assert.equal(runs, 0);
      const [{error}, ...more] = app.errors.splice(0);
      assert.match(error.message, /did not run: a middleware ended the call.*"await next\(\)"/);
      assert.deepEqual(more, []);
    }
    assert.deepEqual(unhandled.splice(0), []);
  },
  'options that are none are refused when the handler is made'() {
    for (const middleware of [() => {}, ['x'], [null], {}]) {
      assert.throws(() => dynamicApp({middleware}), /^TypeError: middleware must be an array/);
    }
    assert.throws(() => dynamicApp({onCall: 1}), /^TypeError: onCall must be a function/);
  },
  async 'OpenTelemetry: a span is open around each call, spans of the function are inside, side by side and from the browser too'() {
    const app = dynamicApp({middleware: [traced]});
    const work = async (name) => {
      await sleep(5);
      return tracer.startActiveSpan(`work ${name}`, async (span) => {
        await sleep(5);
        span.end();
        return trace.getSpan(context.active()).spanContext().traceId;
      });
    };
    const results = await Promise.all(
      ['a', 'b', 'c'].map(async (name) => readResult(await app.call(work, {args: [name]}))),
    );
    const finished = spans.getFinishedSpans();
    const calls = finished.filter(({name}) => name === id);
    assert.equal(calls.length, 3);
    assert.equal(new Set(results).size, 3);
    for (const [index, name] of ['a', 'b', 'c'].entries()) {
      const inner = finished.find((span) => span.name === `work ${name}`);
      const outer = calls.find(
        (span) => span.spanContext().spanId === inner.parentSpanContext.spanId,
      );
      assert.ok(outer, name);
      assert.equal(outer.spanContext().traceId, results[index]);
    }
    spans.reset();
    const traceparent = `00-${'ab'.repeat(16)}-${'cd'.repeat(8)}-01`;
    const continued = dynamicApp({middleware: [fromBrowser, traced]});
    const traceId = await readResult(
      await continued.call(async () => trace.getActiveSpan().spanContext().traceId, {
        headers: {traceparent},
      }),
    );
    assert.equal(traceId, 'ab'.repeat(16));
    spans.reset();
    await app.call(async () => {
      throw new RangeError('seen');
    });
    const [failed] = spans.getFinishedSpans();
    assert.equal(failed.events[0].attributes['exception.type'], 'RangeError');
    spans.reset();
  },
  async 'onRequest refuses a call before its body is read, and knows its id, cookies and headers'() {
    const seen = [];
    const app = dynamicApp({
      onRequest(request, context) {
        seen.push([context.id, cookies().get('who')?.value, headers().get('x-key')]);
        assert.equal(request.bodyUsed, false);
        throw new RefusalError(429, 'Too many.', {code: 'rate', headers: {'Retry-After': '9'}});
      },
    });
    let pulled = 0;
    const stream = () => new ReadableStream({pull: () => void pulled++}, {highWaterMark: 0});
    const own = {Cookie: 'who=ada', 'X-Key': 'k', 'Content-Type': 'text/plain'};
    for (const sent of [id, encodeURIComponent(id), 'src/made-up.js#x', '%']) {
      const request = await callRequest(sent, [], {body: stream(), headers: own});
      const response = await app.handle(request);
      assert.equal(response.status, 429);
      assert.equal(response.headers.get('x-action-error'), 'rate');
      assert.equal(response.headers.get('retry-after'), '9');
    }
    assert.equal(pulled, 0);
    assert.deepEqual(seen, [
      [id, 'ada', 'k'],
      [id, 'ada', 'k'],
      [undefined, 'ada', 'k'],
      [undefined, 'ada', 'k'],
    ]);
    app.errors.splice(0);
  },
  async 'onRequest is asked about forms of React, not about other posts, and not about other sites'() {
    const seen = [];
    const app = dynamicApp({onRequest: (_, context) => void seen.push(context.id)});
    assert.equal((await app.post(async () => {})).status, 303);
    assert.deepEqual(seen, [undefined]);
    const body = new FormData();
    body.append('note', 'mine');
    assert.equal(await app.handle(new Request('http://app.test/', {method: 'POST', body})), null);
    const foreign = {headers: {'Sec-Fetch-Site': 'cross-site'}};
    assert.equal((await app.call(async () => {}, foreign)).status, 403);
    assert.equal((await app.post(async () => {}, foreign)).status, 403);
    assert.deepEqual(seen, [undefined]);
    assert.equal(await readResult(await app.call(async () => 'ran')), 'ran');
    assert.deepEqual(seen, [undefined, id]);
    app.errors.splice(0);
  },
  async 'an error of onRequest that is no refusal is a failure, and nothing runs'() {
    let ran = false;
    const app = dynamicApp({
      async onRequest() {
        throw new Error('the store is away');
      },
    });
    const run = async () => void (ran = true);
    assert.equal((await app.call(run)).status, 500);
    assert.equal((await app.post(run)).status, 500);
    assert.equal(ran, false);
    assert.equal(app.errors.splice(0).length, 2);
  },
});
