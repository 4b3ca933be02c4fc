import type {Compiler} from 'webpack';
import type {ClientManifest, ServerConsumerManifest} from '../../references/manifests.ts';
import type {TransformedFiles} from '../transformedFiles.ts';
import {Gate} from './gate.ts';

const NAME = 'UseServerWebpackPlugin';

/** For each server module, by absolute path: the names that something can call, or all. */
export type UsedExports = ReadonlyMap<string, ReadonlySet<string> | 'all'>;

/** What the server needs to know of the browser's bundle. */
export interface Manifests {
  client: ClientManifest;
  ssr: ServerConsumerManifest;
}

/** What one compiler tells the other. */
export interface Findings {
  /** Absolute paths of modules that the other one has to include. */
  filenames: readonly string[];
  /** Only the client has these, once its build knows them. */
  used: UsedExports;
  /** Only the client has these, at the end of its build. */
  manifests: Manifests | null;
}

/** The two sides of a pair, as one of them sees them. */
export interface Link {
  own: Side;
  other: Side;
  /** Both compile the same files. */
  files: TransformedFiles;
}

/** Includes what both compilers have found so far; tells whether that brought anything new. */
type Step = () => Promise<boolean>;

/**
 * One compiler of the pair. The server finds client modules for the client, the client finds server
 * modules for the server, and each can bring the other something new, so they take turns until
 * neither finds more. A compiler that builds alone, in watch mode, uses what the other one said last.
 */
export class Side {
  findings: Findings = {filenames: [], used: new Map(), manifests: null};
  compiler: Compiler | null = null;
  /** Whether a build of it has started and not ended. */
  isBuilding = false;
  #other!: Side;
  #step: Step | null = null;
  #leave: ((error?: Error) => void) | null = null;
  readonly #analysis = new Gate();
  readonly #manifests = new Gate();
  /** Whether this one is made of the other one's manifests too. */
  #needsManifests = false;
  /** What the other one had found when this one was built last. */
  #consumed: string | undefined;

  static pair(): {server: Side; client: Side} {
    const server = new Side();
    const client = new Side();
    server.#other = client;
    client.#other = server;
    return {server, client};
  }

  /** @throws Error when it belongs to another compiler already */
  attach(compiler: Compiler): void {
    if (this.compiler && this.compiler !== compiler) {
      throw new Error(
        'createUseServer() links one server config with one client config, but one of its plugins is in two configs. Call createUseServer() once for each pair.',
      );
    }
    this.compiler = compiler;
    const start = () => this.#start();
    const end = () => this.#end();
    compiler.hooks.beforeRun.tap(NAME, start);
    compiler.hooks.watchRun.tap(NAME, start);
    compiler.hooks.failed.tap(NAME, end);
    compiler.hooks.done.tap(NAME, end);
    compiler.hooks.watchClose.tap(NAME, end);
  }

  /**
   * Takes turns with the other compiler until neither finds anything new.
   *
   * @param step includes what both have found, once
   */
  async meet(step: Step): Promise<void> {
    this.#step = step;
    const other = this.#other;
    if (other.isBuilding && !other.#step) {
      return new Promise((fulfil, reject) => {
        this.#leave = (error) => (error ? reject(error) : fulfil());
      });
    }
    const steps = other.#leave ? [step, other.#step!] : [step];
    try {
      while (await anyIsNew(steps)) {
        // Each round includes at least one more module.
      }
      other.#release();
    } catch (error) {
      other.#release(error as Error);
      throw error;
    }
  }

  /** To be called when webpack knows what is used. */
  finishAnalysis(used: UsedExports): void {
    this.findings = {...this.findings, used};
    this.#analysis.open();
  }

  /** To be called when files have their names. */
  finishManifests(manifests: Manifests): void {
    this.findings = {...this.findings, manifests};
    this.#manifests.open();
  }

  /** When this side, if it is building, knows what is used. */
  analysed(): Promise<void> {
    return this.#analysis.passed();
  }

  /** When this side, if it is building, has made its manifests. */
  manifestsMade(): Promise<void> {
    return this.#manifests.passed();
  }

  /**
   * Notes what this build is made of, so that it can be told later whether that is still so.
   *
   * @param options.manifests whether it is made of the other one's manifests too
   */
  consume({manifests = false} = {}): void {
    this.#needsManifests = manifests;
    this.#consumed = this.#fingerprint();
  }

  /** Whether the other one has found something else since this one was built. */
  get isStale(): boolean {
    return this.#consumed !== undefined && this.#consumed !== this.#fingerprint();
  }

  #fingerprint(): string {
    return fingerprint(this.#other.findings, this.#needsManifests);
  }

  #start(): void {
    this.isBuilding = true;
    this.#analysis.close();
    this.#manifests.close();
    this.#step = null;
    this.#leave = null;
  }

  #end(): void {
    this.isBuilding = false;
    this.#step = null;
    this.#analysis.open();
    this.#manifests.open();
    // The other one waits for this one no longer, and goes on alone.
    const other = this.#other;
    const step = other.#step;
    if (other.#leave && step) {
      const leave = other.#leave;
      other.#leave = null;
      void other.meet(step).then(() => leave(), leave);
    }
    rebuildIfStale(this);
    rebuildIfStale(other);
  }

  #release(error?: Error): void {
    this.#leave?.(error);
    this.#leave = null;
  }
}

async function anyIsNew(steps: readonly Step[]): Promise<boolean> {
  let isNew = false;
  for (const step of steps) if (await step()) isNew = true;
  return isNew;
}

function rebuildIfStale(side: Side): void {
  if (!side.isBuilding && side.isStale) side.compiler?.watching?.invalidate();
}

function fingerprint({filenames, used, manifests}: Findings, needsManifests: boolean): string {
  const names = [...used].map(([path, set]) =>
    JSON.stringify([path, set === 'all' ? set : [...set].sort()]),
  );
  return JSON.stringify([[...filenames].sort(), names.sort(), needsManifests ? manifests : null]);
}
