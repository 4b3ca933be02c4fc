import {readFile} from 'node:fs/promises';
import {join} from 'node:path';
import {runNode, type NodeBinary} from '../../node/support/node.ts';
import type {CaseResult} from '../../support/runNode.ts';
import {inTestProject} from './testProject.ts';

/**
 * Runs the tests of a fixture with the test runner that it is for, as its users do.
 *
 * @returns what became of each
 */
export async function runTests(
  runner: keyof typeof RUNNERS,
  node: NodeBinary,
): Promise<CaseResult[]> {
  return inTestProject(runner, async (project) => {
    const {args, readReport} = RUNNERS[runner];
    const {stdout, stderr} = await runNode({node, args, cwd: project});
    const report = await readFile(join(project, 'report'), 'utf8').catch(() => {
      throw new Error(`${runner} reported nothing.\n${stdout}\n${stderr}`);
    });
    const results = readReport(report);
    if (results.length === 0) throw new Error(`${runner} ran no test.\n${stdout}\n${stderr}`);
    return results.map((result) => ({
      ...result,
      name: `${node.label}, ${runner}: ${result.name}`,
    }));
  });
}

interface Runner {
  /** Arguments of Node. They write a file called `report`. */
  args: string[];
  readReport: (report: string) => CaseResult[];
}

const JEST = ['node_modules/jest/bin/jest.js', '-i', '--no-cache', '--json', '--outputFile=report'];

const RUNNERS = {
  'jest-commonjs': {args: JEST, readReport: readJsonReport},
  'jest-esm': {args: ['--experimental-vm-modules', ...JEST], readReport: readJsonReport},
  vitest: {
    args: [
      'node_modules/vitest/vitest.mjs',
      'run',
      '--no-file-parallelism',
      '--reporter=json',
      '--outputFile=report',
    ],
    readReport: readJsonReport,
  },
  'node-test': {
    args: [
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
