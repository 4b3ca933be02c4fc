import {execFileSync} from 'node:child_process';
import {existsSync, readdirSync} from 'node:fs';
import {join} from 'node:path';
import {fileURLToPath} from 'node:url';

const packages = fileURLToPath(new URL('../../../node_modules/', import.meta.url));

/** A runtime beside Node, of the npm package of its name. */
export interface Runtime {
  name: 'Bun' | 'Deno';
  /** The program and what stands before the script; null where it does not run on this machine. */
  command: [program: string, ...args: string[]] | null;
}

/**
 * Both runtimes. Their packages bring the program in a package for each platform, and move it when install
 * scripts run, which npm may be told not to do.
 */
export const runtimes: Runtime[] = [
  {name: 'Bun', command: commandOf(['bun/bin/bun.exe', ...platformFiles('@oven', 'bin/bun')])},
  {
    name: 'Deno',
    command: commandOf(['deno/deno', ...platformFiles('@deno', 'deno')], 'run', '--allow-all'),
  },
];

/** Says once which tests are left out, so that nobody takes silence for success. */
export function reportMissing(): void {
  for (const {name, command} of runtimes) {
    if (command) continue;
    console.warn(
      `The tests with ${name} are skipped: its npm package has no program that runs on this machine.`,
    );
  }
}

function commandOf(files: string[], ...args: string[]): Runtime['command'] {
  const program = files.map((file) => join(packages, file)).find(isRunnable);
  return program === undefined ? null : [program, ...args];
}

function platformFiles(scope: string, file: string): string[] {
  const folder = join(packages, scope);
  return existsSync(folder) ? readdirSync(folder).map((name) => join(scope, name, file)) : [];
}

/** Not every file of that name is a program: without install scripts, one says that they did not run. */
function isRunnable(program: string): boolean {
  try {
    execFileSync(program, ['--version'], {stdio: 'ignore'});
    return true;
  } catch {
    return false;
  }
}
