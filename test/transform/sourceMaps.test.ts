import {originalPositionFor, sourceContentFor, TraceMap} from '@jridgewell/trace-mapping';
import {transformSync} from 'esbuild';
import {compile, ROOT} from './support/compile.ts';

const SOURCE = `import {db} from './db';
type Props = {note: {id: number}};

export function Page({note}: Props) {
  const before = note.id;
  return <form action={save} onReset={async () => { 'use server'; await resetEverything(before); }} />;
  async function save(data: FormData, tag = note.id) {
    'use server';
    await db.put(note.id, data.get('text'), tag);
    throw new Error('thrown');
  }
}
`;

function positionOf(text: string, needle: string, from = 0) {
  const index = text.indexOf(needle, from);
  const lines = text.slice(0, index).split('\n');
  return {index, line: lines.length, column: lines.at(-1)!.length};
}

test('every word that survives points at its origin, in the place and in the copy', () => {
  const {code, map} = compile(SOURCE);
  const trace = new TraceMap(map as never);
  for (const word of [
    'resetEverything',
    'data.get',
    "'text'",
    'put',
    'FormData',
    'new Error',
    "'thrown'",
  ]) {
    const origin = positionOf(SOURCE, word);
    let found = 0;
    for (
      let at = positionOf(code, word);
      at.index !== -1;
      at = positionOf(code, word, at.index + 1)
    ) {
      found++;
      expect(originalPositionFor(trace, at)).toMatchObject({
        source: `${ROOT}/src/Page.tsx`,
        line: origin.line,
        column: origin.column,
      });
    }
    expect(found).toBe(2);
  }
});

test('what is not touched keeps its line', () => {
  const {code} = compile(SOURCE);
  const lines = code.split('\n');
  SOURCE.split('\n').forEach((line, i) => {
    if (!line.includes('use server') && i > 0 && i !== 3 && i !== 5) expect(lines[i]).toBe(line);
  });
});

test('a registration points at its function, where React looks for it', () => {
  const {code, map} = compile(SOURCE);
  const at = positionOf(code, '$$registerInlineFunction(async');
  const {line, column} = originalPositionFor(new TraceMap(map as never), at);
  expect(SOURCE.split('\n')[line! - 1]!.slice(column!)).toMatch(/^async \(\) =>/);
});

test('the map carries the source, and is left out on request', () => {
  const {map} = compile(SOURCE);
  expect(sourceContentFor(new TraceMap(map as never), `${ROOT}/src/Page.tsx`)).toBe(SOURCE);
  expect(compile(SOURCE, {sourceMap: false}).map).toBeNull();
});

test('an input map is chained to the first source', () => {
  const first = compile(SOURCE);
  const second = compile(`'use server';\nexport async function a() {}`, {
    inputSourceMap: {
      version: 3,
      sources: ['origin.coffee'],
      sourcesContent: ['a = ->'],
      names: [],
      mappings: ';sBAAA',
    },
  });
  expect(first.map!.sources).toEqual([`${ROOT}/src/Page.tsx`]);
  expect(second.map!.sources).toEqual([`${ROOT}/src/origin.coffee`]);
});

test('an input map whose source has the same name as the module is followed once', () => {
  const {map} = compile(`'use server';\nexport async function a() {}`, {
    inputSourceMap: {
      version: 3,
      sources: [`${ROOT}/src/Page.tsx`],
      sourcesContent: ['first'],
      names: [],
      mappings: ';sBAAA',
    },
  });
  expect(map!.sourcesContent).toEqual(['first']);
});

test('words still point at their origin after TypeScript is compiled and the code is minified', () => {
  const {code, map} = compile(SOURCE);
  const inline = Buffer.from(JSON.stringify(map)).toString('base64');
  const minified = transformSync(
    `${code}\n//# sourceMappingURL=data:application/json;base64,${inline}`,
    {loader: 'tsx', minify: true, sourcemap: 'external', sourcefile: `${ROOT}/src/Page.tsx`},
  );
  const trace = new TraceMap(minified.map);
  for (const word of ['resetEverything', '.put(', '"text"', 'new Error', '"thrown"']) {
    const origin = positionOf(SOURCE, word.replaceAll('"', "'"));
    let found = 0;
    const end = (from: number) => positionOf(minified.code, word, from);
    for (let at = end(0); at.index !== -1; at = end(at.index + 1)) {
      found++;
      expect(originalPositionFor(trace, at).line).toBe(origin.line);
    }
    expect(found).toBe(2);
  }
});
