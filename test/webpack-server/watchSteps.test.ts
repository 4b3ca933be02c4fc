import type {ClientManifest} from '../../src/references/manifests.ts';
import {stopBuilding, type BuildResult, type Watch} from '../webpack/support/project.ts';
import {APP, BundledProject} from './support/bundledProject.ts';
import {STEPS, STEPS_APP, type Edit} from './support/watchSteps.ts';

afterAll(stopBuilding);

/** How long a watched build may take to become what a fresh build is, in ms. */
const PATIENCE = 90_000;

const css = `module: {rules: [{test: /\\.css$/, use: [require('mini-css-extract-plugin').loader, 'css-loader']}]}`;
/** Builds for production take long, so several steps are made at once there. */
const configs: [mode: string, shared: string, stepsAtOnce: number][] = [
  ['development', css, 1],
  ['production', `mode: 'production', ${css}`, 4],
];

describe.each(configs)(
  'a watched build equals a fresh one after each step: %s',
  (mode, shared, stepsAtOnce) => {
    const sources: Record<string, string> = {...STEPS_APP};
    const steps = together(STEPS, stepsAtOnce);
    let watched: BundledProject;
    let fresh: BundledProject;
    let watch: Watch;
    let previous = '';
    let hasFailed = false;

    beforeAll(async () => {
      watched = new BundledProject(`steps-${mode}`, STEPS_APP);
      fresh = new BundledProject(`steps-${mode}-fresh`, STEPS_APP);
      watch = await watched.watch(config(shared, `{type: 'memory'}`));
    });
    afterAll(() => watch?.stop());

    test.each(steps)('$name', async ({edits, fails = false}) => {
      if (hasFailed) throw new Error('An earlier step failed.');
      hasFailed = true;
      for (const [path, edit] of edits) {
        const text = apply(sources[path], edit);
        if (text === null) {
          delete sources[path];
          for (const project of [fresh, watched]) project.remove(path);
        } else {
          sources[path] = text;
          for (const project of [fresh, watched]) project.write({[path]: text});
        }
      }

      const expected = relevant(await fresh.build(config(shared, 'false')), fresh, mode);
      expect(expected.printed.includes('ERROR')).toBe(fails);
      // A step that changes nothing would prove nothing.
      expect(JSON.stringify(expected) !== previous || fails).toBe(true);
      previous = JSON.stringify(expected);
      expect(await reached(expected)).toEqual(expected);
      hasFailed = false;
    });

    /** What the watched build is when it is as expected, or else what it was last. */
    async function reached(expected: object): Promise<object | undefined> {
      let last: object | undefined;
      const equal = watch.until((result) => {
        last = relevant(result, watched, mode);
        return JSON.stringify(last) === JSON.stringify(expected);
      });
      const timeout = new Promise((fulfil) => setTimeout(fulfil, PATIENCE).unref());
      await Promise.race([equal, timeout]);
      return last;
    }
  },
);

/** Several steps as one, with the name of the last. */
function together(steps: typeof STEPS, count: number) {
  return steps
    .map((last, index) => ({
      ...last,
      edits: steps.slice(index + 1 - count, index + 1).flatMap(({files}) => Object.entries(files)),
    }))
    .filter((_, index) => (index + 1) % count === 0);
}

test('chunks keep their ids when another client component comes', async () => {
  const project = new BundledProject('chunk-ids', APP);
  const watch = await project.watch(`shared: {mode: 'production', cache: {type: 'memory'}}`);
  project.write({'src/Label.js': APP['src/Label.js']!.replace(`'b'`, `'strong'`)});
  const before = await watch.until(({files}) => JSON.stringify(files).includes('strong'));
  project.write({
    'src/Added.js': `'use client'; export function Added() { return 'added'; }`,
    'src/ui.js': `${APP['src/ui.js']}\nexport * from './Added.js';`,
    'src/Page.js': APP['src/Page.js']!.replaceAll('Label', 'Added'),
  });
  const after = await watch.until((result) => 'src/Added.js' in clientManifest(result));
  await watch.stop();

  for (const path of ['src/Button.js', 'node_modules/packaged/index.js']) {
    expect(clientManifest(after)[path]).toEqual(clientManifest(before)[path]);
  }
});

function clientManifest({files}: BuildResult): ClientManifest {
  return JSON.parse(files['server/react-client-manifest.json']!) as ClientManifest;
}

function config(shared: string, cache: string): string {
  // While it watches, webpack keeps numeric ids that a fresh build might choose otherwise.
  const forget = `{apply: (compiler) => compiler.hooks.watchRun.tap('test', () => { compiler.records = {}; })}`;
  const plugins = `plugins: [new (require('mini-css-extract-plugin'))(), ${forget}]`;
  return `shared: {${shared}, cache: ${cache}}, server: {${plugins}}, client: {output: {publicPath: '/'}, ${plugins}}`;
}

function relevant({printed, errors, files}: BuildResult, {folder}: BundledProject, mode: string) {
  // With errors, production builds write nothing: files are then as they were before.
  const isWritten = mode === 'development' || errors.length === 0;
  return {printed: printed.replaceAll(folder, ''), files: isWritten ? files : {}};
}

function apply(text: string | undefined, edit: Edit): string | null {
  if (edit === null || typeof edit === 'string') return edit;
  return edit.replace.reduce((result, [from, to]) => {
    if (!result.includes(from))
      throw new Error(`There is no ${JSON.stringify(from)} in:\n${result}`);
    return result.replace(from, to);
  }, text ?? '');
}
