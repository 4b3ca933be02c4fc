import {join} from 'node:path';
import {fixtures, nodeBinaries, REACT_SERVER, REGISTER, runNode} from './support/node.ts';

const cwd = join(fixtures, 'esm');
const SERVER = {serverReact: true, id: 'actions.js#save', call: 'saved a none'};
const SSR = {serverReact: false, id: null, call: 'threw Error'};

describe.each(nodeBinaries)('$label: a Worker', (node) => {
  const run = async (flags: string[], execArgv: string[]) => {
    const args = [...flags, ...REGISTER, 'worker-main.js', JSON.stringify(execArgv)];
    const {stdout, stderr} = await runNode({node, args, cwd});
    if (!stdout) throw new Error(stderr);
    return JSON.parse(stdout);
  };

  it('without the condition of its parent is the SSR graph', async () => {
    expect(await run(REACT_SERVER, REGISTER)).toEqual({main: SERVER, worker: SSR});
  });

  it('with a condition that its parent does not have is the server graph', async () => {
    expect(await run([], [...REACT_SERVER, ...REGISTER])).toEqual({main: SSR, worker: SERVER});
  });
});
