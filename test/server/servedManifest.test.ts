import {mkdirSync, mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {pathToFileURL} from 'node:url';
import {afterEach, beforeEach, expect, jest, test} from '@jest/globals';
import {warnOfServedManifest} from '../../src/server/manifest/servedManifest.ts';

const IDS = ['src/actions.js#sign', 'src/actions.js#list'];
const clientManifest = (script: string) =>
  JSON.stringify({'src/Button.js': {id: '1', chunks: ['1', script], name: '*', async: true}});

let folder: string;
let manifest: string;
const warn = jest.spyOn(console, 'warn').mockImplementation(() => {});

beforeEach(() => {
  warn.mockClear();
  folder = mkdtempSync(join(tmpdir(), 'served-'));
  manifest = join(folder, 'server-actions-manifest.json');
});
afterEach(() => rmSync(folder, {recursive: true}));

function write(files: Record<string, string>) {
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(join(folder, name, '..'), {recursive: true});
    writeFileSync(join(folder, name), text);
  }
}

test.each<[string, Record<string, string>]>([
  ['calls a server function', {'main.js': 'n("src/actions.js#list",r)'}],
  ['calls one in a text that is evaluated', {'main.js': `eval("n(\\"src/actions.js#sign\\")")`}],
  [
    'has a client component',
    {'main.js': '', 'react-client-manifest.json': clientManifest('main.js')},
  ],
])('a manifest beside a script that %s is told of, once', (_, files) => {
  write(files);
  warnOfServedManifest(manifest, IDS);
  warnOfServedManifest(pathToFileURL(manifest), IDS);
  expect(warn.mock.calls).toEqual([
    [
      expect.stringMatching(
        /server-actions-manifest\.json .* browsers load main\.js from the same/,
      ),
    ],
  ]);
});

test.each<[string, Record<string, string>]>([
  ['alone', {}],
  [
    'in the folder of a server',
    {'server.js': `registerServerReference(sign, "src/actions.js", "sign")`, 'package.json': '{}'},
  ],
  [
    'above the folder that is served',
    {
      'assets/main.js': 'n("src/actions.js#list")',
      'react-client-manifest.json': clientManifest('assets/main.js'),
    },
  ],
  [
    'beside copies of the other manifests',
    {'react-client-manifest.json': clientManifest('main.js'), 'react-ssr-manifest.json': '{}'},
  ],
])('a manifest %s is not', (_, files) => {
  write(files);
  warnOfServedManifest(manifest, IDS);
  expect(warn).not.toHaveBeenCalled();
});

test.each(['{', 'null', '{"a": 1}'])(
  'a file beside it that is no client manifest (%s) does no harm',
  (text) => {
    write({'react-client-manifest.json': text});
    warnOfServedManifest(manifest, IDS);
    expect(warn).not.toHaveBeenCalled();
  },
);

test('a folder that is not there does no harm', () => {
  warnOfServedManifest(join(folder, 'missing', 'manifest.json'), IDS);
  expect(warn).not.toHaveBeenCalled();
});

test('hashed ids, which a server has in one text too, tell nothing', () => {
  const id = 'a'.repeat(40);
  write({'server.js': `registerServerReference(sign, "${id}", null)`});
  warnOfServedManifest(manifest, [id]);
  expect(warn).not.toHaveBeenCalled();
});
