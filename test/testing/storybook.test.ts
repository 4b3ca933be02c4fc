import {openPage} from '../webpack/support/evaluate.ts';
import {Project, stopBuilding} from '../webpack/support/project.ts';

afterAll(stopBuilding);

/** A story is bundled by webpack as any module is, with the plugins of `webpackFinal`. */
const project = new Project('storybook', {
  'src/actions.js': `'use server';
import {db} from './no-such-database.js';
export async function save(list, note) {
  return db.save(list, note);
}
export async function load() {
  return db.load();
}`,
  '.storybook/callServer.js': `
import {createMockCallServer} from 'use-server-webpack-plugin/testing';
export const {callServer, mockServerFunctions} = createMockCallServer();`,
  'src/index.js': `
import {withCallOptions} from 'use-server-webpack-plugin/client';
import {mockServerFunctions} from '../.storybook/callServer.js';
import {load, save} from './actions.js';

async function story() {
  const calls = [];
  const reset = mockServerFunctions({
    'src/actions.js#save': async (...args) => void calls.push(args),
  });
  await save('home', 'milk');
  await save.bind(null, 'work')('tea');
  await withCallOptions({signal: new AbortController().signal}, save)('home', 'salt');
  const missing = await load().catch(({message}) => message);
  reset();
  const gone = await save('home', 'milk').catch(({message}) => message);
  return JSON.stringify({calls, missing, gone});
}
globalThis.story = story;`,
});

test('in a bundle without a server, mocks take the place of server functions by their ids', async () => {
  const {printed, errors, warnings, files} = await project.build(
    '',
    `{callServer: './.storybook/callServer.js'}`,
  );
  expect([errors, warnings]).toEqual([[], []]);
  expect(printed).not.toMatch(/no-such-database/);
  const page = openPage(files, ['main.js']);
  const {calls, missing, gone} = JSON.parse(await page.run('story()'));
  expect(calls).toEqual([
    ['home', 'milk'],
    ['work', 'tea'],
    ['home', 'salt'],
  ]);
  expect(missing).toMatch(/^The server function src\/actions\.js#load has no mock\./);
  expect(gone).toMatch(/^The server function src\/actions\.js#save has no mock\./);
});
