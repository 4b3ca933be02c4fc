import {stopBuilding} from '../webpack/support/project.ts';
import {APP, BundledProject} from './support/bundledProject.ts';

afterAll(stopBuilding);

test.each(['development', 'production'])(
  'requests share the variables of code that runs once in a bundle (%s)',
  async (mode) => {
    const project = new BundledProject(`once-${mode}`, {
      ...APP,
      'src/counter.js': `
        export const counter = (() => {
          let count = 10;
          return {up: async () => { 'use server'; return 'now ' + ++count; }};
        })();
        export class Names {
          static add;
          static {
            const names = new Set();
            Names.add = async function add() { 'use server'; names.add(names.size); return names.size + ' names'; };
          }
        }`,
      'src/counter.cjs': `
        exports.counter = (function () {
          var count = 20;
          return {down: async function () { 'use server'; return 'now ' + --count; }};
        })();`,
      'src/Page.js': `
        import {createElement} from 'react';
        import {Button} from './ui.js';
        import {counter, Names} from './counter.js';
        import {counter as other} from './counter.cjs';
        export async function Page() {
          await counter.up(); await other.down(); await Names.add();
          return createElement('main', null,
            createElement(Button, {action: counter.up}),
            createElement(Button, {action: other.down}),
            createElement(Button, {action: Names.add}));
        }`,
    });
    await project.build(`shared: {mode: '${mode}', optimization: {minimize: true}}`);
    const ids = ['src/counter.js#$$up', 'src/counter.cjs#$$down', 'src/counter.js#$$Names$add'];
    const {calls} = await project.run(ids);
    const answers = Object.values(calls).map(({status, text}) => [status, text]);
    expect(answers.map(([status]) => status)).toEqual([200, 200, 200]);
    expect(answers.map(([, text]) => /"?now \d+|\d names/.exec(String(text))?.[0])).toEqual([
      '"now 12',
      '"now 18',
      '2 names',
    ]);
  },
  120_000,
);
