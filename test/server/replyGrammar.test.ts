import {readdirSync, readFileSync} from 'node:fs';
import {join} from 'node:path';
import {fileURLToPath} from 'node:url';
import {describe, expect, test} from '@jest/globals';
import {TAGS} from '../../src/server/decode/replyReferences.ts';

const builds = fileURLToPath(
  new URL('../../node_modules/react-server-dom-webpack/cjs/', import.meta.url),
);
const buildsOf = (side: string) =>
  readdirSync(builds).filter((name) => name.startsWith(`react-server-dom-webpack-${side}.`));

/** The text of a function of a build, from its name to the next function that is as far to the left. */
function functionText(build: string, name: string): string {
  const source = readFileSync(join(builds, build), 'utf8');
  const [, text] =
    new RegExp(`\\n( *)function ${name}\\(([^]*?)\\n\\1function `).exec(source)?.slice(1) ?? [];
  if (text === undefined)
    throw new Error(
      `${build} no longer has the function ${name}. Compare its decoder with src/server/decode by hand.`,
    );
  return text;
}

const sorted = (tags: Iterable<string>) => [...new Set(tags)].sort().join('');

describe('the tags of replies that are checked before React decodes them', () => {
  test('there are builds to compare with', () => {
    expect(buildsOf('server').length).toBeGreaterThanOrEqual(6);
    expect(buildsOf('client').length).toBeGreaterThanOrEqual(6);
  });
  test.each(buildsOf('server'))('are those that %s decodes', (build) => {
    const cases = functionText(build, 'parseModelString').matchAll(/case "(.)":/g);
    expect(sorted(TAGS)).toBe(sorted([...cases].map(([, tag]) => tag!)));
  });
  test.each(buildsOf('client'))('have all that %s writes', (build) => {
    const text = functionText(build, 'processReply');
    const constants = [...text.matchAll(/"\$([^"])[^"]*"/g)].map(([, tag]) => tag!);
    const arrays = [...text.matchAll(/serializeTypedArray\(\s*"(.)"/g)].map(([, tag]) => tag!);
    const written = [...constants, ...arrays];
    for (const tag of '@hTQWKBiDnuAOoV') expect(written).toContain(tag);
    expect(written.filter((tag) => !TAGS.includes(tag))).toEqual([]);
  });
});
