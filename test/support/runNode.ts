import {spawn} from 'node:child_process';
import {fileURLToPath} from 'node:url';

export interface CaseResult {
  name: string;
  /** Stack of what the case threw; nothing when it passed. */
  error?: string;
}

export interface RunOptions {
  /** @default true */
  reactServer?: boolean;
  /** Added to the environment; `undefined` takes a variable away. */
  env?: Record<string, string | undefined>;
  /** More arguments of Node, before the script. */
  nodeArguments?: string[];
  /** Of the script. */
  arguments?: string[];
}

/**
 * Runs a script of cases (see `cases.mjs`) once, in a Node process of its own, and gives what became
 * of each. Objects of Jest's realm fail React's plain-object checks, and Jest cannot resolve with
 * the `react-server` condition, so everything that touches Flight runs this way.
 *
 * `TEST_NODE` names another Node binary to run with.
 *
 * @param script relative to the test file
 * @param from `import.meta.url` of the test file
 */
export async function runCases(
  script: string,
  from: string,
  options: RunOptions = {},
): Promise<CaseResult[]> {
  const {code, stdout, stderr} = await runNode(fileURLToPath(new URL(script, from)), options);
  const results = stdout
    .split('\n')
    .filter((line) => line.startsWith('{"case":'))
    .map((line) => JSON.parse(line).case as CaseResult);
  if (code !== 0 || results.length === 0) {
    throw new Error(`${script} ended with code ${code}.\n${stdout}\n${stderr}`);
  }
  return results;
}

/** Declares a Jest test for each result. */
export function declareTests(results: CaseResult[]): void {
  for (const {name, error} of results) {
    test(name, () => {
      if (error !== undefined) throw new Error(error);
    });
  }
}

/** Runs a script to its end. */
export async function runNode(
  script: string,
  {reactServer = true, env = {}, nodeArguments = [], arguments: own = []}: RunOptions = {},
): Promise<{code: number | null; stdout: string; stderr: string}> {
  const conditions = reactServer ? ['--conditions', 'react-server'] : [];
  // Jest's own flags and NODE_ENV=test would make another environment than a user's.
  const inherited = {...process.env, NODE_OPTIONS: undefined, NODE_ENV: 'development'};
  const child = spawn(
    process.env['TEST_NODE'] ?? process.execPath,
    [...conditions, ...nodeArguments, script, ...own],
    {env: {...inherited, ...env}, stdio: ['ignore', 'pipe', 'pipe']},
  );
  let stdout = '';
  let stderr = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
  const code = await new Promise<number | null>((resolve, reject) => {
    child.on('error', reject).on('close', resolve);
  });
  return {code, stdout, stderr};
}
