// Real Express apps, of versions 5 and 4, with the middleware that apps have. The argument is the package.
import assert from 'node:assert/strict';
import {once} from 'node:events';
import compression from 'compression';
import cookieSession from 'cookie-session';
import session from 'express-session';
import helmet from 'helmet';
import multer from 'multer';
import {createNodeHandler, nodeRequest} from 'use-server-webpack-plugin/node';
import {
  cookies,
  headers,
  notFound,
  redirect,
  signal,
  withRequest,
} from 'use-server-webpack-plugin/server';
import {runCases} from '../support/cases.mjs';
import {root} from './support/app.mjs';
import {dynamicManifest} from './support/dynamicApp.mjs';
import {
  assertServes,
  exchange,
  foreignForm,
  inlineEntry,
  stackClient,
} from './support/stackClient.mjs';
import {watched} from './support/watched.mjs';

const {default: express} = await import(process.argv[2] ?? 'express');
const servers = [];
const errors = [];
const manifest = {...dynamicManifest, ...inlineEntry};
const handlerOf = (options = {}) =>
  createNodeHandler({manifest, root, onError: (error) => void errors.push(error), ...options});

/** An app with the handler between what `before` and `behind` add. */
async function start({
  before = () => {},
  behind = () => {},
  options,
  mount = (app, own) => app.use(own),
} = {}) {
  const app = express();
  before(app);
  mount(app, handlerOf(options));
  behind(app);
  const server = app.listen(0, '127.0.0.1');
  await once(server, 'listening');
  servers.push(server);
  const {port} = server.address();
  return {
    ...stackClient(`http://127.0.0.1:${port}`),
    port,
    server,
    origin: `http://127.0.0.1:${port}`,
  };
}
const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
const sessions = () => session({secret: 's', resave: false, saveUninitialized: false});

await runCases(
  watched({
    async 'everything is served behind helmet, compression, sessions, and parsers of every kind'() {
      const own = await start({
        before(app) {
          app.use(helmet(), compression({threshold: 0}), sessions());
          app.use(
            express.json(),
            express.urlencoded({extended: true}),
            express.text(),
            express.raw(),
          );
        },
      });
      await assertServes(own.origin);
      const answer = await own.answer(async () => 'x'.repeat(5000));
      assert.equal(answer.headers.get('content-encoding'), 'gzip');
      assert.equal(answer.headers.get('x-powered-by'), null);
      assert.ok(answer.headers.get('content-security-policy'));
      await answer.text();
    },
    async 'what is not for the handler reaches the app unread: multer, parsers, and raw streams behind it'() {
      const upload = multer();
      const own = await start({
        behind(app) {
          app.post('/upload', upload.single('file'), (req, res) =>
            res.json({...req.body, size: req.file.size}),
          );
          app.post('/raw', (req, res) => req.pipe(res));
          app.use(express.json(), express.urlencoded({extended: false}));
          app.post('/echo', (req, res) => res.json(req.body));
        },
      });
      for (const size of [0, 50_000, 3_000_000]) {
        for (const path of ['/upload', '/upload?a=b']) {
          const response = await own.post(path, {body: foreignForm(size)});
          assert.deepEqual(await response.json(), {title: 'mine', size});
        }
      }
      const json = {body: '{"a":1}', headers: {'Content-Type': 'application/json'}};
      assert.deepEqual(await (await own.post('/echo', json)).json(), {a: 1});
      assert.deepEqual(
        await (await own.post('/echo', {body: new URLSearchParams({b: 2})})).json(),
        {b: '2'},
      );
      assert.equal(await (await own.post('/raw', {body: 'text'})).text(), 'text');
      assert.equal((await own.post('/none', {body: foreignForm()})).status, 404);
    },
    async 'a session that a server function changes, makes and ends is saved before the answer'() {
      const stores = {
        'express-session': sessions(),
        'cookie-session': cookieSession({name: 'session', keys: ['k']}),
      };
      for (const [name, middleware] of Object.entries(stores)) {
        for (const squeeze of [false, true]) {
          const own = await start({
            before(app) {
              if (squeeze) app.use(compression({threshold: 0}));
              app.use(middleware);
            },
          });
          const read = () => own.call(async () => nodeRequest().session?.user);
          assert.equal(await read(), undefined);
          const logIn = async () => void (nodeRequest().session.user = 'ada');
          await (await own.answer(logIn)).text();
          assert.equal(await read(), 'ada', name);
          const form = await own.submit(async () => {
            nodeRequest().session.user = 'bob';
            redirect('/welcome');
          });
          assert.equal(form.status, 303);
          assert.equal(form.headers.get('location'), '/welcome');
          assert.equal(await form.text(), '');
          assert.equal(await read(), 'bob', name);
          const redirected = await own.answer(async () => {
            nodeRequest().session.user = 'eve';
            cookies().set('theme', 'dark');
            redirect('/home');
          });
          assert.equal(redirected.status, 204);
          assert.equal(redirected.headers.get('x-action-redirect'), '/home');
          assert.equal(own.jar.get('theme'), 'dark');
          assert.equal(await read(), 'eve', name);
          const failed = await own.answer(async () => {
            nodeRequest().session.user = 'failed';
            throw new Error('after the change');
          });
          await failed.text();
          assert.equal(await read(), 'failed', name);
          const logOut = async () => {
            if (name === 'cookie-session') nodeRequest().session = null;
            else await new Promise((resolve) => nodeRequest().session.destroy(resolve));
          };
          await (await own.answer(logOut)).text();
          assert.equal(await read(), undefined, name);
        }
      }
    },
    async 'a session can be regenerated in a server function, and the old one is gone'() {
      const own = await start({before: (app) => app.use(sessions())});
      await (await own.answer(async () => void (nodeRequest().session.user = 'guest'))).text();
      const old = own.jar.get('connect.sid');
      const user = await own.call(async () => {
        await new Promise((resolve, reject) =>
          nodeRequest().session.regenerate((error) => (error ? reject(error) : resolve())),
        );
        nodeRequest().session.user = 'ada';
        return nodeRequest().session.user;
      });
      assert.equal(user, 'ada');
      assert.notEqual(own.jar.get('connect.sid'), old);
      assert.equal(await own.call(async () => nodeRequest().session.user), 'ada');
      own.jar.set('connect.sid', old);
      assert.equal(await own.call(async () => nodeRequest().session.user ?? null), null);
    },
    async 'what streams passes through compression as it comes'() {
      const own = await start({before: (app) => app.use(compression({threshold: 0}))});
      let goOn;
      const result = await own.call(async () =>
        (async function* () {
          yield 'first';
          await new Promise((resolve) => (goOn = resolve));
          yield 'second';
        })(),
      );
      const iterator = result[Symbol.asyncIterator]();
      assert.deepEqual(await iterator.next(), {done: false, value: 'first'});
      goOn();
      assert.deepEqual(await iterator.next(), {done: false, value: 'second'});
      assert.equal((await iterator.next()).done, true);
      const big = await own.call(async () =>
        (async function* () {
          for (let i = 0; i < 200; i++) yield `${i}`.repeat(5000);
        })(),
      );
      let count = 0;
      for await (const item of big) assert.equal(item, `${count++}`.repeat(5000));
      assert.equal(count, 200);
    },
    async 'what middleware has found out is known by nodeRequest(), in onRequest, middleware and function'() {
      const seen = [];
      const note = (where) => void seen.push([where, nodeRequest().user, nodeRequest().ip]);
      const own = await start({
        before(app) {
          app.set('trust proxy', true);
          app.use((req, _res, next) => ((req.user = {name: 'ada'}), next()));
        },
        options: {
          onRequest: () => note('onRequest'),
          middleware: [async (_, next) => (note('middleware'), next())],
        },
      });
      const forwarded = {headers: {'X-Forwarded-For': '203.0.113.9'}};
      await (await own.answer(async () => note('function'), [], forwarded)).text();
      const expected = [{name: 'ada'}, '203.0.113.9'];
      assert.deepEqual(
        seen,
        ['onRequest', 'middleware', 'function'].map((where) => [where, ...expected]),
      );
    },
    async 'a form is answered by res.send, res.render, res.json or res.redirect of Express, with cookies and state'() {
      let page;
      const own = await start({
        before(app) {
          app.use(compression({threshold: 0}), sessions());
          app.engine('txt', (_file, options, done) => done(null, `view of ${options.name}`));
          app.set('views', root).set('view engine', 'txt');
        },
        options: {render: (req, res, context) => page(req, res, context)},
      });
      const run = async (state, form) => {
        cookies().set('who', form.get('name'));
        nodeRequest().session.count = 1;
        return {...state, name: form.get('name')};
      };
      page = (req, res, {formState}) =>
        withRequest(req, () =>
          res.send(
            `${req.path} ${req.query.a} ${formState[0].name} ${formState[0].n} ${cookies().get('who').value}`,
          ),
        );
      const sent = await own.submit(run, {state: {n: 1}});
      assert.equal(sent.status, 200);
      assert.equal(await sent.text(), '/page b Ada 1 Ada');
      assert.equal(sent.headers.get('content-type'), 'text/html; charset=utf-8');
      assert.equal(own.jar.get('who'), 'Ada');
      assert.ok(own.jar.has('connect.sid'));
      page = (req, res) => res.status(201).json({a: 1});
      const json = await own.submit(run, {state: {n: 1}});
      assert.deepEqual([json.status, await json.json()], [201, {a: 1}]);
      page = (req, res) => res.redirect('/elsewhere');
      const moved = await own.submit(run, {state: {n: 1}});
      assert.deepEqual([moved.status, moved.headers.get('location')], [302, '/elsewhere']);
      page = async (req, res) => {
        await pause(1);
        res.render('view', {name: 'ada'}, (_error, text) => res.send(text ?? 'no view'));
      };
      assert.equal((await own.submit(run, {state: {n: 1}})).status, 200);
      page = () => redirect('/by-us');
      const ours = await own.submit(run, {state: {n: 1}});
      assert.deepEqual([ours.status, ours.headers.get('location')], [303, '/by-us']);
    },
    async 'a page that fails is a 500 of the handler, and headers that it had set do not stay'() {
      errors.length = 0;
      let page;
      const own = await start({options: {render: (...args) => page(...args)}});
      page = (req, res) => {
        res.status(201).set({'X-Page': 'begun', 'Content-Length': '5'}).type('text/html');
        throw new Error('no page');
      };
      const failed = await own.submit(async () => cookies().set('a', 'b'));
      assert.equal(failed.status, 500);
      assert.match(await failed.text(), /no page/);
      assert.equal(failed.headers.get('content-type'), 'text/plain;charset=utf-8');
      assert.equal(failed.headers.get('x-page'), null);
      assert.deepEqual(failed.headers.getSetCookie(), ['a=b; Path=/; HttpOnly; SameSite=Lax']);
      page = (req, res) => {
        res.write('<p>begun');
        throw new Error('later');
      };
      await assert.rejects(async () => (await own.submit(async () => {})).text());
      assert.deepEqual(
        errors.map(({message}) => message),
        ['no page', 'later'],
      );
    },
    async 'a page that is returned, and not written, is an error that says what to write'() {
      const pages = {string: '<p>', 'web Response': new Response('<p>')};
      for (const [kind, page] of Object.entries(pages)) {
        const own = await start({options: {render: () => page}});
        const answer = await own.submit(async () => {});
        assert.equal(answer.status, 500);
        const text = await answer.text();
        assert.ok(text.includes(`gave a ${kind}. Write the page to the second argument`), text);
      }
    },
    async 'a form that fails, or is refused, is shown by renderError with its status'() {
      const own = await start({
        options: {
          renderError: (req, res, {status, message}) =>
            res.send(`${status} ${res.statusCode} ${message}`),
        },
      });
      const thrown = await own.submit(async () => {
        throw new Error('oh');
      });
      assert.equal(thrown.status, 500);
      assert.match(await thrown.text(), /^500 500 Error: oh/);
      const missing = await own.submit(async () => notFound());
      assert.equal(missing.status, 404);
      const foreign = await own.submit(async () => assert.fail('ran'), {
        headers: {'Sec-Fetch-Site': 'cross-site'},
      });
      assert.equal(foreign.status, 403);
      assert.match(await foreign.text(), /^403 403 /);
    },
    async 'under a path, in a router and beside one, the URL is the whole one'() {
      const own = await start({
        mount(app, handler) {
          app.use('/rsc-action', handler);
          const router = express.Router();
          router.use(handler);
          app.use('/shop', router);
        },
        behind: (app) => app.use((_req, res) => res.status(404).send('of the app')),
      });
      assert.equal(await own.call(async () => 'called'), 'called');
      const form = await own.submit(async () => {}, {path: '/shop/cart?a=b'});
      assert.deepEqual([form.status, form.headers.get('location')], [303, '/shop/cart?a=b']);
      const outside = await own.submit(async () => assert.fail('ran'), {path: '/cart'});
      assert.equal(outside.status, 404);
    },
    async 'beside an endpoint of its own for each of two apps, each answers its calls'() {
      const two = handlerOf({endpoint: '/second'});
      const own = await start({behind: (app) => app.use(two)});
      assert.equal(await own.call(async () => 1), 1);
      assert.equal(
        (await own.post('/second', {headers: {'X-Action-Id': 'x'}, body: '[]'})).status,
        404,
      );
    },
    async 'an answer that something else has begun or ended is left alone'() {
      errors.length = 0;
      const own = await start({
        before(app) {
          app.use('/rsc-action', (req, res, next) => {
            if (req.headers['x-ended']) res.status(418).send('ended before');
            next();
          });
          app.use((req, res, next) => {
            if (req.headers['x-timeout'])
              setTimeout(() => res.headersSent || res.status(503).send('too slow'), 20);
            next();
          });
        },
      });
      let ran = 0;
      const ended = await own.answer(async () => void ran++, [], {headers: {'X-Ended': '1'}});
      assert.deepEqual([ended.status, await ended.text()], [418, 'ended before']);
      assert.equal(ran, 0);
      const slow = await own.answer(() => pause(60), [], {headers: {'X-Timeout': '1'}});
      assert.deepEqual([slow.status, await slow.text()], [503, 'too slow']);
      await pause(80);
      assert.equal(await own.call(async () => 'alive'), 'alive');
      assert.deepEqual(errors, []);
    },
    async 'the same request twice is answered once'() {
      let ran = 0;
      const handler = handlerOf();
      const own = await start({
        mount: (app) =>
          app.use((req, res, next) => void (handler(req, res, next), handler(req, res, next))),
        behind: (app) => app.use((req, res) => res.headersSent || res.send('of the app')),
      });
      const answer = await own.answer(async () => ++ran);
      assert.equal(answer.status, 200);
      await answer.text();
      assert.equal(ran, 1);
      assert.equal(await (await fetch(`${own.origin}/x`)).text(), 'of the app');
    },
    async 'a fault of the set-up goes to the error middleware of the app'() {
      const own = await start({
        mount: (app, handler) => app.use((req, res, next) => handler({}, res, next)),
        behind: (app) =>
          app.use((error, _req, res, _next) => res.status(500).send(`handled: ${error.name}`)),
      });
      assert.equal(await (await fetch(own.origin)).text(), 'handled: TypeError');
    },
    async 'a JSON parser that takes every type leaves a call that says what is wrong'() {
      const own = await start({
        before: (app) => app.use(express.json({type: '*/*', strict: false})),
      });
      const answer = await own.answer(async () => 1, ['x']);
      assert.equal(answer.status, 500);
      assert.match(await answer.text(), /was read before.*express\.json\(\)/);
    },
    async 'a parser that keeps every body as bytes leaves calls and forms to be answered'() {
      const own = await start({before: (app) => app.use(express.raw({type: () => true}))});
      assert.equal(await own.call(async (text) => text, 'ü'), 'ü');
      assert.equal(await own.call(async (file) => file.text(), new Blob(['bytes'])), 'bytes');
      const form = await own.submit(async () => {});
      assert.equal(form.status, 303);
      assert.equal((await own.post('/theirs', {body: foreignForm(10)})).status, 404);
    },
    async 'a client that leaves while its upload, its function or its answer is under way ends the call'() {
      errors.length = 0;
      const own = await start({before: (app) => app.use(compression({threshold: 0}), sessions())});
      const leaving = new AbortController();
      const gone = new Promise((resolve) => {
        own
          .answer(
            async () => {
              signal().addEventListener('abort', resolve);
              leaving.abort();
              await new Promise(() => {});
            },
            [],
            {},
          )
          .catch(() => {});
        // The client has no signal of its own here: its connection is what ends.
        setTimeout(() => own.server.closeAllConnections(), 50);
      });
      await gone;
      let closed;
      const ended = new Promise((resolve) => (closed = resolve));
      const answer = await own.answer(async () =>
        (async function* () {
          try {
            for (;;) {
              yield 'more';
              await pause(1);
            }
          } finally {
            closed();
          }
        })(),
      );
      await answer.body.cancel();
      await ended;
      const head = (length) =>
        `POST /rsc-action HTTP/1.1\r\nHost: x\r\nX-Action-Id: src/dynamic.mjs#run\r\nContent-Type: text/plain\r\nContent-Length: ${length}\r\n\r\n[`;
      await exchange(own.port, head(10), {silence: 30});
      await pause(30);
      assert.deepEqual(
        errors.map(({code}) => code),
        ['malformed-body'],
      );
    },
    async 'a connection is used again after each kind of refusal'() {
      const own = await start({options: {maxBodySize: 100}});
      const message = (lines, text) =>
        [
          'POST /rsc-action HTTP/1.1',
          'Host: x',
          ...lines,
          `Content-Length: ${text.length}`,
          '',
          text,
        ].join('\r\n');
      const id = 'X-Action-Id: src/dynamic.mjs#run';
      const type = 'Content-Type: text/plain';
      const refused = {
        403: message([id, type, 'Sec-Fetch-Site: cross-site'], '[1]'),
        404: message(['X-Action-Id: x#y', type], '[1]'),
        413: message([id, type], `["${'x'.repeat(500)}"]`),
        415: message([id, 'Content-Type: application/json'], '[1]'),
        400: message([id, type], '['),
        405: message([id, type], '[1]').replace('POST', 'PUT'),
      };
      const {body} = await import('./fixtures/app/src/dynamic.mjs');
      body.run = async () => 'last';
      for (const [status, bytes] of Object.entries(refused)) {
        const answer = await exchange(own.port, [
          bytes,
          message([id, type, 'Connection: close'], '[]'),
        ]);
        const statuses = [...answer.matchAll(/HTTP\/1\.1 (\d{3}) /g)].map(([, got]) => got);
        assert.deepEqual(statuses, [status, '200'], answer);
      }
    },
    async 'HEAD and OPTIONS at the endpoint are refused without harm, and elsewhere they are the app`s'() {
      const own = await start({behind: (app) => app.get('/', (_req, res) => res.send('home'))});
      for (const method of ['HEAD', 'OPTIONS']) {
        const answer = await fetch(`${own.origin}/rsc-action`, {method});
        assert.equal(answer.status, 405);
        assert.equal((await fetch(own.origin, {method})).status, 200);
      }
      assert.equal(await own.call(async () => headers().get('x-action-id')), 'src/dynamic.mjs#run');
    },
  }),
);
for (const server of servers) {
  server.close();
  server.closeAllConnections();
}
process.exit();
