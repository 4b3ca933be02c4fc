import {execFile, execFileSync} from 'node:child_process';
import {dirname, join} from 'node:path';
import {fileURLToPath} from 'node:url';

export const repository = join(dirname(fileURLToPath(import.meta.url)), '../../..');
export const fixtures = join(repository, 'test/node/fixtures');
export const inspectScript = join(fixtures, 'inspect.mjs');

export interface NodeBinary {
  /** For the names of tests: `Node 22.22.3`. */
  label: string;
  path: string;
  /** Whether it runs TypeScript on its own. */
  stripsTypes: boolean;
}

/**
 * The Node binaries to test on: this one, or those of `NODE_VERSIONS` (`22,24`), which npm brings.
 */
export const nodeBinaries: NodeBinary[] = (process.env['NODE_VERSIONS'] ?? '')
  .split(',')
  .filter(Boolean)
  .map((version) => binary(fromNpm(version)));
if (nodeBinaries.length === 0) nodeBinaries.push(binary(process.execPath));

function fromNpm(version: string): string {
  const args = ['--yes', `--package=node@${version}`, '--call', 'node -p process.execPath'];
  return execFileSync('npx', args, {encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore']}).trim();
}

function binary(path: string): NodeBinary {
  const script = 'JSON.stringify([process.versions.node, Boolean(process.features.typescript)])';
  const [version, stripsTypes] = JSON.parse(execFileSync(path, ['-p', script], {encoding: 'utf8'}));
  return {label: `Node ${version}`, path, stripsTypes};
}

export interface RunOptions {
  node: NodeBinary;
  /** Everything after `node`. */
  args: string[];
  cwd: string;
  env?: Record<string, string>;
}

export interface RunResult {
  stdout: string;
  stderr: string;
  exitCode: number;
}

/** Runs Node to its end, without what Jest put in the environment. */
export function runNode({node, args, cwd, env}: RunOptions): Promise<RunResult> {
  const {PATH, HOME} = process.env;
  const clean = {PATH: PATH ?? '', HOME: HOME ?? '', ...env};
  return new Promise((done) => {
    execFile(
      node.path,
      args,
      {cwd, env: clean, maxBuffer: 1e8, timeout: 50_000},
      (error, stdout, stderr) =>
        done({stdout, stderr, exitCode: error ? Number(error.code ?? -1) : 0}),
    );
  });
}

export const REGISTER = ['--import', 'use-server-webpack-plugin/register'];
export const REACT_SERVER = ['--conditions', 'react-server'];
