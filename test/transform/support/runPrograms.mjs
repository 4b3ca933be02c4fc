import assert from 'node:assert/strict';
import {runCases} from '../../support/cases.mjs';
import {listPrograms, loadProgram} from './loadProgram.mjs';
import {createWire} from './wire.mjs';

/**
 * Each program of ../programs exports `scenario(call)`. It is run: as it is written, with
 * `call(fn, ...args)` being a plain call; compiled, called in the same process; and compiled, where
 * each call goes from React's browser client over Flight to React's server decoder and back, once
 * more after esbuild, as under tsx, and with hashed ids.
 */
const directCall = (fn, ...args) => fn(...args);
const cases = {};
const [only] = process.argv.slice(2);

for (const program of listPrograms().filter((name) => !only || name.includes(only))) {
  const name = program.replace(/\.\w+$/, '').replaceAll('-', ' ');
  cases[`${name}: a call in the same process is the call of the untransformed program`] =
    async () => {
      const {original, compiled} = await loadProgram(program, 'local');
      const expected = await original.scenario(directCall);
      assert.deepStrictEqual(await compiled.scenario(directCall), expected);
    };
  cases[`${name}: a call over the wire gives what the untransformed program gives`] = async () => {
    const {original, compiled, compiledFolder, references} = await loadProgram(program, 'wire');
    const expected = await original.scenario(directCall);
    const {call} = createWire(references, compiledFolder);
    assert.deepStrictEqual(await compiled.scenario(call), expected);
  };
  cases[`${name}: over the wire it gives the same with hashed ids, after another tool`] =
    async () => {
      const options = {isSecond: true, ids: 'hashed'};
      const {original, compiled, compiledFolder, references} = await loadProgram(
        program,
        'second',
        options,
      );
      const expected = await original.scenario(directCall);
      const {call} = createWire(references, compiledFolder);
      assert.deepStrictEqual(await compiled.scenario(call), expected);
    };
}

await runCases(cases);
process.exit();
