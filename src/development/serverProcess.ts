import {fork, type ChildProcess} from 'node:child_process';
import {once} from 'node:events';
import type {ServerResponse} from 'node:http';
import type {AddressInfo} from 'node:net';
import {DevelopmentError} from './developmentError.ts';
import type {Listening} from './reportAddress.ts';
import {withoutInspectorLine} from '../references/inspectorLine.ts';

/** Of what the process prints as errors, this much is shown in the browser. */
const SHOWN_CHARACTERS = 16_384;
/** How long the requests that it is answering may go on when a newer process takes over. */
const FINISH_MS = 30_000;
/** How long it may take to end when it is asked to. */
const STOP_MS = 5_000;

const REPORTER = new URL('reportAddress.js', import.meta.url).href;

export interface Address {
  host: string;
  port: number;
}

export interface ServerProcessOptions {
  /** Absolute path of the server bundle. */
  file: string;
  /** Arguments of Node. */
  execArgv: readonly string[];
  env: NodeJS.ProcessEnv;
  /** Told of a port that it listens at, when it is not the one asked for. */
  onOtherPort: (port: number) => void;
}

/** One run of the server bundle, in a process of its own. */
export class ServerProcess {
  /** Where it listens, once it does. Rejects with a {@link DevelopmentError} when it ends before. */
  readonly address: Promise<Address>;
  /** Why it ended. */
  readonly ended: Promise<DevelopmentError>;
  hasEnded = false;
  isRetired = false;
  readonly #child: ChildProcess;
  #requests = 0;
  #errors = '';

  constructor({file, execArgv, env, onOtherPort}: ServerProcessOptions) {
    this.#child = fork(file, [], {
      execArgv: [...execArgv, '--import', REPORTER],
      env,
      stdio: ['ignore', 'inherit', 'pipe', 'ipc'],
    });
    this.#child.stderr!.setEncoding('utf8').on('data', (text: string) => {
      process.stderr.write(text);
      this.#errors = (this.#errors + text).slice(-SHOWN_CHARACTERS);
    });
    this.ended = this.#end();
    this.address = new Promise((fulfil, reject) => {
      this.#child.on('message', (message: Partial<Listening>) => {
        if (message?.type !== 'use-server:listening') return;
        const {address, isOwn} = message as Listening;
        if (isOwn) fulfil(reachable(address));
        else onOtherPort(address.port);
      });
      void this.ended.then(reject);
    });
    // What waits for it hears of it.
    this.address.catch(() => {});
  }

  /** To be called for each request that it is to answer. */
  hold(response: ServerResponse): void {
    this.#requests++;
    response.once('close', () => {
      this.#requests--;
      if (this.isRetired && this.#requests === 0) this.stop();
    });
  }

  /** Ends it when it has answered the requests that it has. */
  retire(): void {
    if (this.isRetired) return;
    this.isRetired = true;
    if (this.#requests === 0) this.stop();
    else setTimeout(() => this.stop(), FINISH_MS).unref();
  }

  stop(): void {
    this.isRetired = true;
    if (this.hasEnded) return;
    this.#child.kill();
    setTimeout(() => this.#child.kill('SIGKILL'), STOP_MS).unref();
  }

  async #end(): Promise<DevelopmentError> {
    const reason = await endOf(this.#child);
    this.hasEnded = true;
    const details =
      withoutInspectorLine(this.#errors) ||
      'It has printed no error. A server goes on, and listens on the port in the environment variable PORT.';
    return new DevelopmentError(`The server has ended: ${reason}`, details);
  }
}

async function endOf(child: ChildProcess): Promise<string> {
  try {
    // "close" and not "exit": by then everything that it has printed is here.
    const [code, signal] = (await once(child, 'close')) as [number | null, string | null];
    return signal === null ? `exit code ${code}` : `signal ${signal}`;
  } catch (error) {
    return (error as Error).message;
  }
}

/** A server that listens everywhere is reached here. */
function reachable({address, port}: AddressInfo): Address {
  return {host: {'0.0.0.0': '127.0.0.1', '::': '::1'}[address] ?? address, port};
}
