// What a debugger does with the source map: a breakpoint is set at every place that a line became.
import assert from 'node:assert/strict';
import {mkdirSync, writeFileSync} from 'node:fs';
import {Session} from 'node:inspector/promises';
import {join} from 'node:path';
import {fileURLToPath, pathToFileURL} from 'node:url';
import {allGeneratedPositionsFor, originalPositionFor, TraceMap} from '@jridgewell/trace-mapping';
import {transform} from 'use-server-webpack-plugin/transform';
import {runCases} from '../support/cases.mjs';
import {createWire} from './support/wire.mjs';

const SOURCE = `function Page({note}) {
  async function save(data) {
    'use server';
    const saved = [note.id, data];
    return saved;
  }
  return save;
}
export const save = Page({note: {id: 7}});
export async function fail() {
  'use server';
  throw new Error('thrown');
}
`;
const folder = fileURLToPath(new URL('../../.cache/debugging/', import.meta.url));
mkdirSync(folder, {recursive: true});
const file = join(folder, 'page.mjs');
const {code, map, serverReferences} = transform(SOURCE, {
  filename: file,
  root: folder,
  target: 'server',
});
writeFileSync(file, code);
const trace = new TraceMap(map);
const program = await import(pathToFileURL(file).href);
const {call} = createWire(
  serverReferences.map((reference) => ({...reference, file: 'page.mjs'})),
  folder,
);

/** Lines of the source at which a call stops, when a breakpoint stands on one of them. */
async function linesStoppedAt(line, run) {
  const session = new Session();
  session.connect();
  const stops = [];
  session.on('Debugger.paused', ({params}) => {
    const {lineNumber, columnNumber} = params.callFrames[0].location;
    stops.push(originalPositionFor(trace, {line: lineNumber + 1, column: columnNumber}).line);
  });
  await session.post('Debugger.enable');
  for (const place of allGeneratedPositionsFor(trace, {source: file, line, column: 4})) {
    await session.post('Debugger.setBreakpointByUrl', {
      url: pathToFileURL(file).href,
      lineNumber: place.line - 1,
      columnNumber: place.column,
    });
  }
  await run();
  session.disconnect();
  return stops;
}

await runCases({
  async 'a breakpoint in an inline function stops a call in the same process'() {
    assert.deepEqual(await linesStoppedAt(4, () => program.save('x')), [4]);
  },
  async 'the same breakpoint stops a call over the wire'() {
    assert.deepEqual(await linesStoppedAt(4, () => call(program.save, 'x')), [4]);
  },
  async 'the location that React tells its developer tools is that of the function'() {
    const line = (fn) => {
      const [, row, column] = /:(\d+):(\d+)\)?$/.exec(fn.$$location.stack.split('\n')[2]);
      return originalPositionFor(trace, {line: Number(row), column: Number(column) - 1}).line;
    };
    assert.equal(line(program.save), 2);
    assert.equal(line(program.fail), 10);
  },
});
process.exit();
