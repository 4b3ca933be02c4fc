import {array, assert, constantFrom, integer, property, record, string} from 'fast-check';
import type {Piece} from '../../../src/transform/generate/editedSource.ts';
import {mappingsOf} from '../../../src/transform/generate/mappings.ts';
import {compile} from '../support/compile.ts';
import {referenceMappings} from './support/referenceMappings.ts';
import {testSeed as seed} from '../../support/seed.mjs';

/** Text of words, signs, long lines, letters beyond ASCII and of two code units, and line ends. */
const text = array(
  constantFrom(
    'a',
    'word',
    '$x',
    '_1',
    'é',
    '𝒳',
    ' ',
    '  ',
    '\t',
    '(',
    '=>',
    ';',
    '\n',
    '\r\n',
    '\u2028',
    'x'.repeat(40),
  ),
  {maxLength: 60},
).map((parts) => parts.join(''));

const cuts = array(
  record({
    at: integer({min: 0, max: 400}),
    text: string({maxLength: 5}),
    line: integer({min: 0, max: 2}),
    place: integer({min: -1, max: 400}),
  }),
  {maxLength: 8},
);

test('each token of the source has a mapping, and each text of the compiler the one of its place', () => {
  assert(
    property(text, cuts, (source, changes) => {
      const pieces: Piece[] = [];
      for (const {at, text: made, line, place} of changes) {
        const from = Math.min(at, source.length);
        const to = Math.min(from + line * 30, source.length);
        if (from < to) pieces.push({from, to});
        const origin = Math.min(place, source.length);
        pieces.push({text: made + '\n'.repeat(line), ...(origin >= 0 && {at: origin})});
      }
      pieces.push({from: 0, to: source.length});
      expect(mappingsOf(pieces, source)).toBe(referenceMappings(pieces, source));
    }),
    {seed, numRuns: Number(process.env['TEST_RUNS'] ?? 1_000)},
  );
});

test('the mappings of a compiled module have a line for each of its lines', () => {
  const source = `function Page({note}) {\r\n  const héllo = 1;\n\n  return async () => { 'use server'; return [note.id, héllo, "𝒳"]; }\n}`;
  const {map, code} = compile(source);
  expect(map!.mappings.split(';')).toHaveLength(code.split('\n').length);
  expect(map!.mappings).not.toContain('NaN');
});
