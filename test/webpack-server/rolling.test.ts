import {execFile} from 'node:child_process';
import {randomBytes} from 'node:crypto';
import {readFileSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {fileURLToPath} from 'node:url';
import {promisify} from 'node:util';
import {stopBuilding} from '../webpack/support/project.ts';
import {BundledProject} from './support/bundledProject.ts';
import {deploymentApp, type Execution} from './support/deploymentApp.ts';

/** One call under load. */
interface Call {
  number: number;
  /** The build that the page of the caller is of. */
  page: 'old' | 'new';
  name: string;
  /** Status, and the code of a refusal. */
  outcome: string;
}

const UNKNOWN = '404 unknown-function';
const OTHER_CAPTURES = '409 other-build';

let calls: Call[];
let executions: Execution[];
let exitCodes: number[];

beforeAll(async () => {
  const bundles: string[] = [];
  for (const build of ['old', 'new'] as const) {
    const project = new BundledProject(`rolling-${build}`, deploymentApp(build));
    const {errors} = await project.build(`shared: {mode: 'production'}`);
    expect(errors).toEqual([]);
    bundles.push(join(project.folder, 'dist/server/main.js'));
  }
  const log = join(bundles[0]!, '../log.txt');
  writeFileSync(log, '');
  const {stdout} = await promisify(execFile)(
    process.execPath,
    [fileURLToPath(new URL('support/rollingDeployment.mjs', import.meta.url)), ...bundles],
    {
      maxBuffer: 64_000_000,
      env: {
        ...process.env,
        NODE_OPTIONS: '',
        LOG: log,
        USE_SERVER_ENCRYPTION_KEY: randomBytes(32).toString('base64'),
      },
    },
  );
  ({calls, exitCodes} = JSON.parse(stdout) as {calls: Call[]; exitCodes: number[]});
  executions = readFileSync(log, 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as Execution);
}, 180_000);

afterAll(stopBuilding);

function outcomesOf(page: string, name: string): string[] {
  const outcomes = calls.filter((call) => call.page === page && call.name === name);
  return [...new Set(outcomes.map(({outcome}) => outcome))].sort();
}

describe('a rolling deployment under load', () => {
  test('loses no call of a function that both builds have, and no form', () => {
    expect(outcomesOf('old', 'add')).toEqual(['200']);
    expect(outcomesOf('new', 'add')).toEqual(['200']);
    expect(outcomesOf('old', 'greet')).toEqual(['303']);
    expect(outcomesOf('new', 'greet')).toEqual(['303']);
  });

  test('answers for a function that only the other build has that it is unknown', () => {
    expect(outcomesOf('old', 'retired')).toEqual(['200', UNKNOWN]);
    expect(outcomesOf('new', 'fresh')).toEqual(['200', UNKNOWN]);
  });

  test('tells captures of another build, where they differ', () => {
    expect(outcomesOf('old', 'save')).toEqual(['303', OTHER_CAPTURES]);
    expect(outcomesOf('new', 'save')).toEqual(['303', OTHER_CAPTURES]);
  });

  test('runs what was answered once, and nothing that was refused', () => {
    const answered = calls.filter(({outcome}) => /^(200|303)$/.test(outcome));
    const ran = executions.map(({name, values}) => `${name} ${Number(values.at(-1))}`);

    expect(ran.sort()).toEqual(answered.map(({name, number}) => `${name} ${number}`).sort());
    // Both builds have worked.
    expect(new Set(executions.map(({build}) => build))).toEqual(new Set(['old', 'new']));
  });

  test('never gives a function the captures of another shape', () => {
    for (const {build, name, values} of executions) {
      if (name === 'save') expect(values[0]).toBe(build === 'old' ? 'A title' : 'An owner');
      if (name === 'greet') expect(values[0]).toBe(7);
    }
  });

  test('lets every process end by itself', () => {
    expect(exitCodes).toEqual(Array.from({length: 8}, () => 0));
  });
});
