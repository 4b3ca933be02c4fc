import {inspectScript, runNode, type NodeBinary} from './node.ts';

/** What the fixture `inspect.mjs` says of one export. */
export interface InspectedExport {
  type: string | null;
  id: string | null;
  bound: unknown;
  hidden: boolean;
  source: string;
  result?: unknown;
  thrown?: {message: string; stack: string};
}

export interface InspectedModule {
  exports?: Record<string, InspectedExport>;
  error?: {name: string; code?: string; message: string};
}

export interface InspectOptions {
  node: NodeBinary;
  /** `import:./actions.js` or `require:./actions.cjs`. */
  modules: string[];
  flags: string[];
  cwd: string;
  env?: Record<string, string>;
}

/** Loads modules in a Node process of their own and says what they export. */
export async function inspect({
  modules,
  flags,
  ...rest
}: InspectOptions): Promise<{report: Record<string, InspectedModule>; stderr: string}> {
  const args = ['--enable-source-maps', ...flags, inspectScript, ...modules];
  const {stdout, stderr, exitCode} = await runNode({...rest, args});
  if (exitCode !== 0) throw new Error(`Node exited with ${exitCode}:\n${stderr}`);
  return {report: JSON.parse(stdout.slice(stdout.lastIndexOf('\n{') + 1)), stderr};
}
