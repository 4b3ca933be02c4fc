import {spawn} from 'node:child_process';
import {once} from 'node:events';
import {readdirSync, writeFileSync} from 'node:fs';
import {createRequire} from 'node:module';
import {join, relative} from 'node:path';

// Not the file in its "bin": until the package's install script has run, that starts a second process.
const {default: binary} = createRequire(import.meta.url)('workerd') as {default: string};

/** One worker, in a bundle of ES modules or in one script. */
export interface Worker {
  /** Where its files are. */
  folder: string;
  main: string;
  /** @default 'module' */
  format?: 'module' | 'script';
  /**
   * Of Cloudflare's runtime.
   * @default '2026-07-01', before Node's modules became the default, so that the flags alone decide
   */
  compatibilityDate?: string;
  compatibilityFlags?: string[];
  /** What it gets as `env`. */
  bindings?: Record<string, string>;
  /** Name of the worker that gets what this one fetches. */
  outbound?: string;
}

export interface RunningWorkers {
  /** By name of the worker. */
  urls: Record<string, string>;
  /** Everything that they have printed. */
  output(): string;
  stop(): Promise<void>;
}

/**
 * Runs workers in workerd, the runtime of Cloudflare Workers, on free ports of this machine.
 *
 * @param folder for the config of the runtime
 * @throws Error with everything printed, when it does not start
 */
export async function startWorkers(
  folder: string,
  workers: Record<string, Worker>,
): Promise<RunningWorkers> {
  const config = join(folder, 'workerd.capnp');
  writeFileSync(config, configOf(folder, workers));
  const child = spawn(binary, ['serve', '--control-fd=3', config], {
    stdio: ['ignore', 'pipe', 'pipe', 'pipe'],
  });
  let output = '';
  for (const stream of [child.stdout!, child.stderr!]) {
    stream.setEncoding('utf8').on('data', (text: string) => (output += text));
  }
  const ended = once(child, 'exit');
  const urls: Record<string, string> = {};
  await new Promise<void>((fulfil, reject) => {
    child.once('exit', () => reject(new Error(`workerd ended at once:\n${output}`)));
    let messages = '';
    (child.stdio[3] as NodeJS.ReadableStream).setEncoding('utf8').on('data', (text: string) => {
      messages += text;
      for (const [, socket, port] of messages.matchAll(/"socket":"(\w+)","port":(\d+)/g)) {
        urls[socket!] = `http://127.0.0.1:${port}`;
      }
      if (Object.keys(urls).length === Object.keys(workers).length) fulfil();
    });
  });
  return {
    urls,
    output: () => output,
    async stop() {
      child.kill('SIGKILL');
      await ended;
    },
  };
}

/** https://github.com/cloudflare/workerd/blob/main/src/workerd/server/workerd.capnp */
function configOf(folder: string, workers: Record<string, Worker>): string {
  const names = Object.keys(workers);
  const services = names.map((name) => `(name = "${name}", worker = .${name})`);
  const sockets = names.map(
    (name) => `(name = "${name}", address = "127.0.0.1:0", http = (), service = "${name}")`,
  );
  return `using Workerd = import "/workerd/workerd.capnp";
const config :Workerd.Config = (services = [${services.join()}], sockets = [${sockets.join()}]);
${names.map((name) => `const ${name} :Workerd.Worker = (${workerConfig(folder, workers[name]!)});`).join('\n')}
`;
}

function workerConfig(configFolder: string, worker: Worker): string {
  const {
    compatibilityDate = '2026-07-01',
    compatibilityFlags = [],
    bindings = {},
    outbound,
  } = worker;
  const properties = [
    codeOf(configFolder, worker),
    `compatibilityDate = "${compatibilityDate}"`,
    `compatibilityFlags = ${JSON.stringify(compatibilityFlags)}`,
    `bindings = [${Object.entries(bindings)
      .map(([name, text]) => `(name = "${name}", text = ${JSON.stringify(text)})`)
      .join()}]`,
  ];
  if (outbound) properties.push(`globalOutbound = "${outbound}"`);
  return properties.join(', ');
}

/** Paths in a config are relative to it. */
function codeOf(configFolder: string, {folder, main, format = 'module'}: Worker): string {
  const embed = (file: string) =>
    `embed ${JSON.stringify(relative(configFolder, join(folder, file)))}`;
  if (format === 'script') return `serviceWorkerScript = ${embed(main)}`;
  const files = readdirSync(folder).filter((file) => file.endsWith('.js'));
  // The first is where the worker starts.
  const modules = [main, ...files.filter((file) => file !== main)].map(
    (file) => `(name = "${file}", esModule = ${embed(file)})`,
  );
  return `modules = [${modules.join()}]`;
}
