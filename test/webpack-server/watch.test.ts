import type {BuildResult, Watch} from '../webpack/support/project.ts';
import {APP, BundledProject, CALLABLE} from './support/bundledProject.ts';

let project: BundledProject;
let watch: Watch;
let last: BuildResult;

beforeAll(async () => {
  project = new BundledProject('watch', APP);
  watch = await project.watch();
}, 60_000);

function callable({files}: BuildResult): string[] {
  try {
    return Object.keys(JSON.parse(files['server/server-actions-manifest.json']!) as object);
  } catch {
    // It is being written.
    return [];
  }
}

function clientModules({files}: BuildResult): string[] {
  try {
    return Object.keys(JSON.parse(files['server/react-client-manifest.json']!) as object);
  } catch {
    return [];
  }
}

/** Each step changes files and says what has to follow. All steps happen to one and the same watch. */
const steps: [
  name: string,
  files: Record<string, string | null>,
  check: (result: BuildResult) => boolean,
][] = [
  [
    'the body of a server function',
    {'src/shared.js': APP['src/shared.js']!.replace('++calls', '"body " + ++calls')},
    (result) => result.files['server/main.js']!.includes('"body "'),
  ],
  [
    'an export that the browser starts to use',
    {'src/client.js': APP['src/client.js']!.replaceAll('onlyInBrowser', 'neverUsedEither')},
    (result) =>
      callable(result).includes('src/only-in-browser.js#neverUsedEither') &&
      !callable(result).includes('src/only-in-browser.js#onlyInBrowser'),
  ],
  [
    'and stops to use',
    {'src/client.js': APP['src/client.js']!},
    (result) => callable(result).join() === CALLABLE.join(),
  ],
  [
    'a renamed server function',
    {
      'src/only-in-client.js': APP['src/only-in-client.js']!.replace('save()', 'store()'),
      'src/Button.js': APP['src/Button.js']!.replaceAll('save', 'store'),
    },
    (result) =>
      callable(result).includes('src/only-in-client.js#store') &&
      !callable(result).includes('src/only-in-client.js#save') &&
      Object.entries(result.files).some(
        ([file, text]) => file.startsWith('client/') && text.includes('only-in-client.js#store'),
      ),
  ],
  [
    'a new client module',
    {
      'src/New.js': `'use client'; export function New() { return 'new'; }`,
      'src/Page.js': APP['src/Page.js']!.replace(
        'createElement(Packaged)',
        'createElement(New)',
      ).replace(`import {Packaged} from 'packaged'`, `import {New} from './New.js'`),
    },
    (result) =>
      clientModules(result).includes('src/New.js') &&
      !clientModules(result).includes('node_modules/packaged/index.js') &&
      !callable(result).includes('node_modules/packaged/actions.js#inPackage'),
  ],
  [
    'a directive that is taken away from a server module',
    {'src/only-in-browser.js': APP['src/only-in-browser.js']!.replace("'use server';", '')},
    (result) =>
      !callable(result).some((id) => id.startsWith('src/only-in-browser.js')) &&
      result.files['client/main.js']!.includes('from the browser'),
  ],
  [
    'and given back',
    {'src/only-in-browser.js': APP['src/only-in-browser.js']!},
    (result) =>
      callable(result).includes('src/only-in-browser.js#onlyInBrowser') &&
      !result.files['client/main.js']!.includes('from the browser'),
  ],
  [
    'a renamed inline function',
    {'src/Page.js': APP['src/Page.js']!.replaceAll('rename', 'retitle')},
    (result) =>
      callable(result).includes('src/Page.js#$$Page$retitle') &&
      !callable(result).includes('src/Page.js#$$Page$rename') &&
      !clientModules(result).includes('src/New.js'),
  ],
  [
    'a client module that is imported again',
    {
      'src/Page.js': APP['src/Page.js']!.replace(
        'createElement(Packaged)',
        'createElement(New)',
      ).replace(`import {Packaged} from 'packaged'`, `import {New} from './New.js'`),
    },
    (result) => clientModules(result).includes('src/New.js'),
  ],
  [
    'a client module that becomes a server component',
    {'src/New.js': `export function New() { return 'not of the client'; }`},
    (result) => !clientModules(result).includes('src/New.js'),
  ],
  [
    'a mistake',
    {'src/shared.js': `'use server';\nexport function count() {}`},
    (result) => result.printed.includes('> 2 | export function count() {}'),
  ],
  [
    'its repair, with everything as it was',
    {...APP, 'src/New.js': null},
    (result) =>
      result.errors.length === 0 &&
      callable(result).join() === CALLABLE.join() &&
      clientModules(result).includes('node_modules/packaged/index.js'),
  ],
];

test.each(steps)('%s', async (_name, files, check) => {
  for (const [path, text] of Object.entries(files)) {
    if (text === null) project.remove(path);
    else project.write({[path]: text});
  }
  last = await watch.until((result) => check(result));
});

test('the last build is that of the same source, built afresh', async () => {
  await watch.stop();
  const fresh = await project.buildAfresh();

  expect(last.files).toEqual(fresh.files);
});
