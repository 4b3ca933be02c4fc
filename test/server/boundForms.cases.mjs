// Without the react-server condition: pages that answer a posted form, as React's HTML renderer makes them.
import assert from 'node:assert/strict';
import {Worker} from 'node:worker_threads';
import {createElement, Suspense, use, useActionState, useMemo} from 'react';
import {renderToReadableStream} from 'react-dom/server';
import * as flight from 'react-server-dom-webpack/client';
import * as edge from 'react-server-dom-webpack/client.edge';
import * as node from 'react-server-dom-webpack/client.node';
import {createServerReference} from 'use-server-webpack-plugin/client';
import {loadConsumerManifest} from 'use-server-webpack-plugin/server';
import {guardFormState} from '../../dist/src/server/call/formStateGuard.js';
import {runCases} from '../support/cases.mjs';

// A render without an end leaves no turn to a timer of this thread.
const watchdog = new Worker(`setTimeout(() => process.kill(process.pid, 'SIGKILL'), 60_000)`, {
  eval: true,
});
watchdog.unref();

const ID = 'src/actions.js#save';

/** Ways in which a component gets a reference, and how many arguments are bound to it already. */
const sources = {
  'imported from its module': [() => createServerReference(ID), 0],
  'out of a Flight stream': [() => read(`1:{"id":"${ID}","bound":null}\n`), 0],
  'out of a Flight stream, with captures and a bound argument': [
    () => read(`2:["token",7]\n1:{"id":"${ID}","bound":"$@2"}\n`),
    2,
  ],
  'out of a Flight stream, with bound arguments that come late': [
    () => read(`1:{"id":"${ID}","bound":"$@2"}\n`, `2:["$@3"]\n`, `3:"late"\n`),
    1,
  ],
};

/** Ways in which a component binds while it renders, and how many arguments that adds. */
const bindings = {
  'not bound': [(save) => save, 0],
  bound: [(save) => save.bind(null, 'a'), 1],
  'bound twice': [(save) => save.bind(null, 'a').bind(null, 'b', 'c'), 3],
  'bound to nothing': [(save) => save.bind(null), 0],
  'bound under useMemo': [(save) => useMemo(() => save.bind(null, 'a'), [save]), 1],
  'bound to a promise': [(save) => save.bind(null, new Promise((done) => setTimeout(done, 5))), 1],
  'bound to another reference': [(save) => save.bind(null, createServerReference(ID)), 1],
};

const cases = {};
for (const [source, [get, boundThere]] of Object.entries(sources)) {
  for (const [binding, [bind, boundHere]] of Object.entries(bindings)) {
    cases[`a posted form shows its state: a function ${source}, ${binding}`] = async () => {
      const save = get();
      const render = (formState) => htmlOf(createElement(Form, {save, bind}), {formState});
      const first = await render(null);
      assert.equal(outputOf(first), 'initial');
      const key = fieldOf(first, '$ACTION_KEY');
      const count = boundThere + boundHere;
      assert.equal(outputOf(await render(['saved', key, ID, count])), 'saved');
      assert.equal(outputOf(await render(['saved', key, ID, count + 1])), 'initial');
      assert.equal(
        outputOf(await render(['saved', key, 'src/actions.js#other', count])),
        'initial',
      );
      assert.equal(outputOf(await render(['saved', 'kother', ID, count])), 'initial');
    };
  }
}

await runCases({
  ...cases,
  async 'a form inside of a Suspense boundary is answered too'() {
    const form = createElement(Form, {
      save: createServerReference(ID),
      bind: (save) => save.bind(null, 'a'),
    });
    const later = new Promise((done) => setTimeout(done, 5));
    const Late = () => (use(later), form);
    const page = createElement(Suspense, {fallback: 'waiting'}, createElement(Late));
    const key = fieldOf(await htmlOf(page, {formState: null}), '$ACTION_KEY');
    assert.equal(outputOf(await htmlOf(page, {formState: ['saved', key, ID, 1]})), 'saved');
  },
  async 'a reference that React made itself ends the render with an error that names it, before and after the shell'() {
    const bind = (save) => save.bind(null, 'a');
    const form = createElement(Form, {save: flight.createServerReference(ID), bind});
    const later = new Promise((done) => setTimeout(done, 5));
    const Late = () => (use(later), form);
    const late = createElement(Suspense, {fallback: 'waiting'}, createElement(Late));
    for (const page of [form, late]) {
      const errors = [];
      const formState = guardFormState(['saved', 'kany', ID, 1]);
      const options = {formState, onError: ({message}) => void errors.push(message)};
      await htmlOf(createElement('main', null, page), options).catch(() => {});
      assert.match(errors.join(), /src\/actions\.js#save would be rendered for ever/);
      assert.equal(errors.length, 1);
    }
  },
  async 'a page is shown although what one of its functions captures could not be sent'() {
    const log = console.error;
    console.error = () => {};
    try {
      const failed =
        '3:E{"digest":"1","name":"Error","message":"not sent","stack":[],"env":"Server"}\n';
      const save = await read(`1:{"id":"${ID}","bound":"$@2"}\n`, '2:["$@3"]\n', failed);
      assert.match(
        await htmlOf(createElement('form', {action: save})),
        /<form action="javascript:/,
      );
    } finally {
      console.error = log;
    }
  },
  async 'what a form holds is what React encodes, whichever of its clients read the stream'() {
    const rows = `2:["token",{"n":7}]\n1:{"id":"${ID}","bound":"$@2"}\n`;
    const bind = (save) => save.bind(null, new Date(0), [1n]);
    for (const client of [edge, node]) {
      const own = bind(await read(rows, '', '', client));
      const react = bind(await read(rows, '', '', client, withoutManifest));
      const form = (action) => htmlOf(createElement('form', {action}));
      assert.equal(await form(own), await form(react));
      assert.match(await form(own), /\$ACTION_REF_/);
    }
  },
  async 'references of a stream are encoded by the encodeFormAction that the stream was read with'() {
    const encodeFormAction = (id, bound) => ({name: `own ${id} ${bound instanceof Promise}`});
    const stream = new Response(`1:{"id":"${ID}","bound":null}\n0:"$h1"\n`).body;
    const serverConsumerManifest = loadConsumerManifest({moduleMap: {}, moduleLoading: null});
    const save = await edge.createFromReadableStream(stream, {
      serverConsumerManifest,
      encodeFormAction,
    });
    const html = await htmlOf(createElement('form', {action: save}));
    assert.match(html, /name="own src\/actions\.js#save true"/);
  },
  async 'a reference of a stream cannot be called during initial render, bound or not'() {
    const save = await read(`1:{"id":"${ID}","bound":null}\n`);
    for (const fn of [save, save.bind(null, 1)]) {
      assert.throws(() => fn(), /src\/actions\.js#save cannot be called during initial render/);
    }
  },
  async 'references of two streams have nothing to do with each other'() {
    const rows = `1:{"id":"${ID}","bound":null}\n`;
    const [a, b] = await Promise.all([read(rows), read(rows, '', '', edge)]);
    assert.notEqual(a, b);
    assert.equal(typeof a.$$FORM_ACTION('1').name, 'string');
    assert.equal(typeof b.$$FORM_ACTION('1').name, 'string');
  },
});
await watchdog.terminate();

/** As `useActionState` is used where arguments are bound in the component itself. */
function Form({save, bind}) {
  const own = typeof save === 'function' ? save : use(save);
  const [state, action] = useActionState(bind(own), 'initial');
  return createElement('form', {action}, createElement('output', null, state));
}

/** A promise of the reference that these rows hold, for a component to use. */
function read(rows, later = '', last = '', client = flight, options = withManifest) {
  const stream = new ReadableStream({
    async start(controller) {
      const encoder = new TextEncoder();
      for (const part of [`${rows}0:{"save":"$h1"}\n`, later, last]) {
        if (part) controller.enqueue(encoder.encode(part));
        await new Promise((done) => setTimeout(done, 2));
      }
      controller.close();
    },
  });
  return Promise.resolve(client.createFromReadableStream(stream, options())).then(({save}) => save);
}

function withManifest() {
  const serverConsumerManifest = loadConsumerManifest({moduleMap: {}, moduleLoading: null});
  return {serverConsumerManifest};
}

function withoutManifest() {
  return {serverConsumerManifest: {moduleMap: {}, serverModuleMap: null, moduleLoading: null}};
}

function outputOf(html) {
  return /<output>([^<]*)/.exec(html)[1];
}

function fieldOf(html, name) {
  return html.split(`name="${name}" value="`)[1].split('"')[0];
}

async function htmlOf(element, options) {
  const html = await renderToReadableStream(element, options);
  await html.allReady;
  return new Response(html).text();
}
