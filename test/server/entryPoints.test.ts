import {readdirSync, readFileSync} from 'node:fs';
import {extname, join} from 'node:path';
import {fileURLToPath} from 'node:url';
import * as runtime from '../../src/runtime/ssr.ts';
// Without the condition both have the same exports as with it, which ssr.cases.mjs checks.
import * as server from '../../src/server/ssr.ts';
import {transform} from '../../src/transform/index.ts';

const programs = fileURLToPath(new URL('../transform/programs/', import.meta.url));
const docs = fileURLToPath(new URL('../../docs/', import.meta.url));

const CLIENT_MODULES: [filename: string, source: string][] = [
  ['/app/Button.js', `'use client'; export function Button() {}`],
  ['/app/Button.cjs', `'use client'; exports.Button = () => {};`],
];

/** What a compiled module imports from each module: specifiers to names. */
function importedNames(code: string): [specifier: string, names: string[]][] {
  const statement =
    /(?:import|const) \{([^}]*)\} (?:from |= require\()"(use-server-webpack-plugin[^"]*)"/g;
  return [...code.matchAll(statement)].map(([, list, specifier]) => [
    specifier!,
    list!.split(', ').map((item) => item.split(/ as |: /)[0]!),
  ]);
}

function programSources(): [filename: string, source: string][] {
  return readdirSync(programs, {recursive: true, encoding: 'utf8'})
    .filter((file) => /^\.[cm]?[jt]sx?$/.test(extname(file)))
    .map((file) => [join(programs, file), readFileSync(join(programs, file), 'utf8')]);
}

test('the runtime has what compiled modules of the server graph import, and nothing else', () => {
  const imported = new Map<string, Set<string>>();
  for (const [filename, source] of [...programSources(), ...CLIENT_MODULES]) {
    for (const ids of ['path', 'hashed'] as const) {
      const result = transform(source, {filename, root: '/', target: 'server', ids});
      if (!result) continue;
      for (const [specifier, names] of importedNames(result.code)) {
        imported.set(specifier, new Set([...(imported.get(specifier) ?? []), ...names]));
      }
    }
  }
  expect([...imported.keys()]).toEqual(['use-server-webpack-plugin/runtime']);
  expect([...imported.values()].flatMap((names) => [...names]).sort()).toEqual(
    Object.keys(runtime).sort(),
  );
});

test('what an application calls of the server entry stands in the docs, and none of it in the runtime', () => {
  const text = readdirSync(docs)
    .filter((file) => file.endsWith('.md') && file !== 'architecture.md')
    .map((file) => readFileSync(join(docs, file), 'utf8'))
    .join('\n');
  const names = Object.entries(server)
    .filter(([, value]) => !(value.prototype instanceof Error))
    .map(([name]) => name);
  expect(names.filter((name) => !new RegExp(`\\b${name}\\b`).test(text))).toEqual([]);
  expect(names.filter((name) => name in runtime)).toEqual([]);
});
