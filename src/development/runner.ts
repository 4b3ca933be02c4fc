import {randomBytes} from 'node:crypto';
import type {Build, Outcome} from './builds.ts';
import {DevelopmentError} from './developmentError.ts';
import {ServerProcess} from './serverProcess.ts';

export interface RunnerOptions {
  execArgv: readonly string[];
  /** For packages that webpack does not bundle. */
  nodeEnv: string;
  /** The newest build, as soon as there is one. */
  settled: () => Promise<Outcome>;
  /** Told of what the developer has to know. */
  warn: (message: string) => void;
  /** Told when a server that had started has ended. */
  onCrash: (error: DevelopmentError) => void;
}

/** Runs the newest build of the server: a new process for each build that changes it. */
export class Runner {
  readonly #options: RunnerOptions;
  readonly #env: NodeJS.ProcessEnv;
  readonly #older = new Set<ServerProcess>();
  #newest: {version: string; server: ServerProcess} | null = null;
  #isStopped = false;

  constructor(options: RunnerOptions) {
    this.#options = options;
    this.#env = {
      NODE_ENV: options.nodeEnv,
      // Of one session, so that what a page holds encrypted can still be read after a change.
      USE_SERVER_ENCRYPTION_KEY: randomBytes(32).toString('base64'),
      ...coloursOfTerminal(),
      ...process.env,
    };
  }

  /**
   * The server of the newest build, when it listens. One that has ended is started again.
   *
   * @throws {DevelopmentError} when the build has errors, when the server ends before it listens, and
   *   after `stop()`
   */
  async running(): Promise<ServerProcess> {
    for (;;) {
      const outcome = await this.#options.settled();
      if (outcome instanceof DevelopmentError) throw outcome;
      if (this.#isStopped) throw new DevelopmentError('The dev server is being closed', '');
      const server = this.#serverOf(outcome);
      try {
        await server.address;
        return server;
      } catch (error) {
        // A newer build may have taken its place before it listened.
        if (server === this.#newest?.server) throw error;
      }
    }
  }

  /** A server that is older than the newest build, and still there because that one does not work. */
  get fallback(): ServerProcess | undefined {
    return [...this.#older, this.#newest?.server].findLast((server) => server && !server.hasEnded);
  }

  stop(): void {
    this.#isStopped = true;
    for (const server of this.#older) server.stop();
    this.#newest?.server.stop();
  }

  #serverOf({file, version}: Build): ServerProcess {
    const newest = this.#newest;
    if (newest && newest.version === version && !newest.server.hasEnded) return newest.server;
    if (newest && !newest.server.hasEnded) this.#older.add(newest.server);
    const {execArgv, warn} = this.#options;
    const server = new ServerProcess({
      file,
      execArgv,
      env: this.#env,
      onOtherPort: (port) =>
        warn(
          `The server listens on port ${port}. In development it has to listen on the port in the environment variable PORT; requests wait until it does.`,
        ),
    });
    this.#newest = {version, server};
    void this.#supervise(server);
    return server;
  }

  async #supervise(server: ServerProcess): Promise<void> {
    try {
      await server.address;
    } catch {
      return;
    }
    this.#retireOlderThan(server);
    const error = await server.ended;
    this.#older.delete(server);
    if (!server.isRetired) this.#options.onCrash(error);
  }

  #retireOlderThan(server: ServerProcess): void {
    if (server !== this.#newest?.server) return;
    for (const older of this.#older) older.retire();
    this.#older.clear();
  }
}

/** What the server prints goes to this terminal by way of a pipe, of which it cannot know that. */
function coloursOfTerminal(): {FORCE_COLOR?: string} {
  const {stderr, env} = process;
  return stderr.isTTY && stderr.hasColors() && !env['NO_COLOR'] ? {FORCE_COLOR: '1'} : {};
}
