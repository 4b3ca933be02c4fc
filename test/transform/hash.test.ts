import {hashText} from '../../src/transform/hash.ts';

// http://www.isthe.com/chongo/src/fnv/test_fnv.c, the vectors of fnv1a_32
test.each([
  ['', '811c9dc5'],
  ['a', 'e40c292c'],
  ['foobar', 'bf9cf968'],
  ['chongo was here!\n', 'd49930d5'],
])('the hash of %j is what FNV-1a makes of it', (text, expected) => {
  expect(hashText(text)).toBe(expected);
});

test('a hash has 8 digits, leading zeros too', () => {
  const hashes = Array.from({length: 1000}, (_, i) => hashText(`save${i}`));
  expect(hashes.filter((hash) => !/^[\da-f]{8}$/.test(hash))).toEqual([]);
  expect(hashes.some((hash) => hash.startsWith('0'))).toBe(true);
});

test('the first 6 digits tell 20,000 texts apart as well as chance does', () => {
  const texts = Array.from({length: 20_000}, (_, i) =>
    JSON.stringify([['note', [['id', `${i}`]]]]),
  );
  const different = new Set(texts.map((text) => hashText(text).slice(0, 6))).size;
  // Of so many random numbers below 16 ** 6 about 12 are the same as another one.
  expect(texts.length - different).toBeLessThan(40);
  expect(new Set(texts.map(hashText)).size).toBeGreaterThan(texts.length - 3);
});

test('characters beyond ASCII count', () => {
  expect(hashText('ä')).not.toBe(hashText('a'));
  expect(hashText('語')).not.toBe(hashText('诗'));
});
