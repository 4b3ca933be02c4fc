import {spawn} from 'node:child_process';
import {readFile} from 'node:fs/promises';
import {join} from 'node:path';
import type {CaseResult} from '../../support/runNode.ts';
import {inTestProject} from './testProject.ts';

/**
 * Runs the tests of a fixture with the test runner that it is for, as its users do.
 *
 * @returns what became of each
 */
export async function runTests(runner: keyof typeof RUNNERS): Promise<CaseResult[]> {
  return inTestProject(runner, async (project) => {
    const {command, readReport} = RUNNERS[runner];
    const output = await run(command, project);
    const report = await readFile(join(project, 'report'), 'utf8').catch(() => {
      throw new Error(`${runner} reported nothing.\n${output}`);
    });
    const results = readReport(report);
    if (results.length === 0) throw new Error(`${runner} ran no test.\n${output}`);
    return results.map(({name, error}) => ({name: `${runner}: ${name}`, ...(error && {error})}));
  });
}

interface Runner {
  /** Arguments of Node. They write a file called `report`. */
  command: string[];
  readReport: (report: string) => CaseResult[];
}

const JEST = ['node_modules/jest/bin/jest.js', '-i', '--no-cache', '--json', '--outputFile=report'];

const RUNNERS = {
  'jest-commonjs': {command: JEST, readReport: readJsonReport},
  'jest-esm': {command: ['--experimental-vm-modules', ...JEST], readReport: readJsonReport},
  vitest: {
    command: [
      'node_modules/vitest/vitest.mjs',
      'run',
      '--no-file-parallelism',
      '--reporter=json',
      '--outputFile=report',
    ],
    readReport: readJsonReport,
  },
  'node-test': {
    command: [
      '--conditions',
      'react-server',
      '--import',
      'use-server-webpack-plugin/register',
      '--test',
      '--test-reporter=tap',
      '--test-reporter-destination=report',
    ],
    readReport: readTap,
  },
} satisfies Record<string, Runner>;

interface JsonReport {
  testResults: {
    name: string;
    message: string;
    assertionResults: {title: string; status: string; failureMessages: string[] | null}[];
  }[];
}

/** Of Jest; Vitest writes the same. */
function readJsonReport(report: string): CaseResult[] {
  const {testResults} = JSON.parse(report) as JsonReport;
  return testResults.flatMap(({name, message, assertionResults}) =>
    assertionResults.length === 0
      ? [{name, error: message}]
      : assertionResults.map(({title, status, failureMessages}) => ({
          name: title,
          ...(status !== 'passed' && {error: failureMessages?.join('\n') || status}),
        })),
  );
}

/** https://testanything.org/tap-version-14-specification.html */
function readTap(report: string): CaseResult[] {
  return [...report.matchAll(/^ *(not )?ok \d+ - (.*)$/gm)].map(([, failed, name]) => ({
    name: name!,
    ...(failed && {error: report}),
  }));
}

/** Runs Node as somebody who does not work with Jest. */
async function run(command: string[], cwd: string): Promise<string> {
  const {NODE_OPTIONS: _, NODE_ENV: __, JEST_WORKER_ID: ___, ...env} = process.env;
  const child = spawn(process.env['TEST_NODE'] ?? process.execPath, command, {
    cwd,
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => (output += text));
  }
  await new Promise((resolve, reject) => {
    child.on('error', reject).on('close', resolve);
  });
  return output;
}
