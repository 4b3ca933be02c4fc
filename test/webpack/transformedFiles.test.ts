import {transform, type Target} from '../../src/transform/index.ts';
import {TransformedFiles} from '../../src/webpack/transformedFiles.ts';

const source = `'use server';\nexport async function save() {}\nexport * from './more.js';`;
const options = {
  filename: '/app/src/actions.ts',
  root: '/app',
  starExports: new Map([['./more.js', ['more']]]),
  sourceMap: true,
};
const targets: Target[] = ['server', 'client', 'ssr'];

describe('what the transform made of a file', () => {
  test('is the same for each graph as without a memory', () => {
    const files = new TransformedFiles();

    for (const target of targets) {
      expect(files.transform(source, {...options, target})).toEqual(
        transform(source, {...options, target}),
      );
    }
  });

  test('is made once for all graphs', () => {
    const files = new TransformedFiles();
    const first = targets.map((target) => files.transform(source, {...options, target}));
    const second = targets.map((target) => files.transform(source, {...options, target}));

    for (const [i, result] of second.entries()) expect(result).toBe(first[i]);
  });

  test.each<[string, string, object]>([
    ['the text', source.replace('save', 'store'), {}],
    ['the names behind export *', source, {starExports: new Map([['./more.js', ['other']]])}],
    ['the format of ids', source, {ids: 'hashed'}],
    [
      'the secret of ids',
      source,
      {ids: 'hashed', idSecret: Buffer.alloc(32, 'ab').toString('base64')},
    ],
    ['the root', source, {root: '/app/src'}],
  ])('is made anew when %s has changed', (_what, text, others) => {
    const files = new TransformedFiles();
    files.transform(source, {...options, target: 'client'});

    expect(files.transform(text, {...options, ...others, target: 'client'})).toEqual(
      transform(text, {...options, ...others, target: 'client'}),
    );
  });

  test('has a source map where one is asked for, whoever comes first', () => {
    const files = new TransformedFiles();
    files.transform(source, {...options, target: 'client', sourceMap: false});

    expect(files.transform(source, {...options, target: 'server'})!.map).not.toBe(null);
  });

  test('is nothing for a module without a directive', () => {
    const files = new TransformedFiles();

    for (const target of targets) {
      expect(files.transform('export {};', {...options, target})).toBe(null);
    }
  });
});
