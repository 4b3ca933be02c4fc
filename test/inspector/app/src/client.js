import {createElement as h, useState} from 'react';
import {createRoot} from 'react-dom/client';
import {count, fail, find, forbidden, leave, makeRename, save} from './actions.js';

async function read({numbers, later}) {
  const all = [];
  for await (const {number} of numbers) all.push(number);
  return [...all, await later];
}

const WORK = {
  save: () => save({title: 'Milk', tags: new Set(['shop']), done: false}),
  fail: () => fail({amount: 3}),
  count: async () => read(await count(3)),
  find: () => find(),
  forbidden: () => forbidden('secret'),
  rename: async () => (await makeRename({title: 'Milk', text: 'not sent'}))('Bread'),
  leave: () => leave(),
};

function App() {
  const [text, setText] = useState('');
  const run = (work) =>
    work().then(
      (value) => setText(JSON.stringify(value)),
      (error) => setText(error.message),
    );
  return [
    ...Object.entries(WORK).map(([name, work]) =>
      h('button', {key: name, onClick: () => void run(work)}, name),
    ),
    h('output', {key: 'output'}, text),
  ];
}

createRoot(document.getElementById('root')).render(h(App));
