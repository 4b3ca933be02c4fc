import type {Compiler} from 'webpack';
import type {ClientManifest, ServerConsumerManifest} from '../../references/manifests.ts';
import type {SideFacts} from '../report/facts.ts';
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
  /** Only the client has these, at the end of its build, and only for a report. */
  facts: SideFacts | null;
}

/** The two sides of a pair, as one of them sees them. */
export interface Link {
  own: Side;
  other: Side;
  /** Both compile the same files. */
  files: TransformedFiles;
}

/** One compiler's part in what both do in turn. */
export interface Part {
  /** Absolute paths of modules that the other one has to include, as far as this build knows them. */
  find(): readonly string[];
  /** Includes what the other one has found, and tells whether any of it was new. */
  include(filenames: readonly string[]): Promise<boolean>;
}

/**
 * One compiler of the pair. The server finds client modules for the client, the client finds server
 * modules for the server, and each can bring the other something new, so they take turns until
 * neither finds more. A compiler that builds alone, in watch mode, uses what the other one said last.
 */
export class Side {
  findings: Findings = {filenames: [], used: new Map(), manifests: null, facts: null};
  compiler: Compiler | null = null;
  /** Absolute paths of what the last build has written. */
  scripts: ReadonlySet<string> = new Set();
  /** Whether a build of it has started and not ended. */
  isBuilding = false;
  #other!: Side;
  #part: Part | null = null;
  /** What this build has included of what the other one found. */
  readonly #taken = new Set<string>();
  #leave: ((error?: Error) => void) | null = null;
  readonly #analysis = new Gate();
  readonly #manifests = new Gate();
  readonly #facts = new Gate();
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

  /** @throws Error when it belongs to a compiler already, or the other one to this compiler */
  attach(compiler: Compiler): void {
    if (this.#other.compiler === compiler) {
      throw new Error(
        'createUseServer() links two configs, but both of its plugins are in one. Put "server" into the config of the server, and "client" into the config of what runs in the browser.',
      );
    }
    if (this.compiler === compiler) {
      throw new Error('A plugin of createUseServer() is twice in the plugins of one config.');
    }
    if (this.compiler) {
      throw new Error(
        'createUseServer() links one server config with one client config, but one of its plugins is in two configs. Call createUseServer() once for each pair, and each time that webpack gets the configs.',
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

  /** Takes turns with the other compiler until neither finds anything new. */
  async meet(part: Part): Promise<void> {
    this.#part = part;
    // Before anything is included: what is known so far may be of the build before.
    this.#publish(part);
    const other = this.#other;
    if (other.isBuilding && !other.#part) {
      return new Promise((fulfil, reject) => {
        this.#leave = (error) => (error ? reject(error) : fulfil());
      });
    }
    await this.#takeTurns();
  }

  async #takeTurns(): Promise<void> {
    const other = this.#other;
    const sides: readonly Side[] = other.#leave ? [this, other] : [this];
    try {
      while (await anyFindsMore(sides)) {
        // Each round includes at least one more module.
      }
      other.#release();
    } catch (error) {
      other.#release(error as Error);
      throw error;
    }
  }

  /** Includes what the other one has found so far; tells whether that brought anything new. */
  async findMore(): Promise<boolean> {
    const part = this.#part!;
    const {filenames} = this.#other.findings;
    for (const filename of filenames) this.#taken.add(filename);
    const isNew = await part.include(filenames);
    return this.#publish(part) || isNew;
  }

  #publish(part: Part): boolean {
    const known = new Set(this.findings.filenames);
    const filenames = part.find();
    this.findings = {...this.findings, filenames};
    return filenames.some((filename) => !known.has(filename));
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

  /** To be called when chunks have their ids. */
  finishFacts(facts: SideFacts): void {
    this.findings = {...this.findings, facts};
    this.#facts.open();
  }

  /** When this side, if it is building, knows what of it goes into a report. */
  factsFound(): Promise<void> {
    return this.#facts.passed();
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
    this.#consumed = this.#fingerprint([...this.#taken]);
  }

  /** Whether the other one has found something else since this one was built. */
  get isStale(): boolean {
    const {filenames} = this.#other.findings;
    return this.#consumed !== undefined && this.#consumed !== this.#fingerprint(filenames);
  }

  /** @param filenames that the other one has, or had, found */
  #fingerprint(filenames: readonly string[]): string {
    return fingerprint({...this.#other.findings, filenames}, this.#needsManifests);
  }

  #start(): void {
    this.isBuilding = true;
    this.#analysis.close();
    this.#manifests.close();
    this.#facts.close();
    this.#part = null;
    this.#leave = null;
    this.#taken.clear();
  }

  #end(): void {
    this.isBuilding = false;
    this.#part = null;
    this.#analysis.open();
    this.#manifests.open();
    this.#facts.open();
    // The other one waits for this one no longer, and goes on alone.
    const other = this.#other;
    if (other.#leave) {
      const leave = other.#leave;
      other.#leave = null;
      void other.#takeTurns().then(() => leave(), leave);
    }
    rebuildIfStale(this);
    rebuildIfStale(other);
  }

  #release(error?: Error): void {
    this.#leave?.(error);
    this.#leave = null;
  }
}

async function anyFindsMore(sides: readonly Side[]): Promise<boolean> {
  let isNew = false;
  for (const side of sides) if (await side.findMore()) isNew = true;
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
