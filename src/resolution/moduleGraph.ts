import {dirname, extname, join, relative, sep} from 'node:path';
import {moduleRecord, type ModuleRecord, type ParseOptions} from '../transform/index.ts';
import {findFormat} from './moduleFormat.ts';
import type {Finding, Graph} from './requests.ts';

/** The names of a module's exports cannot be known. */
export class UnknownNames extends Error {
  override readonly name = 'UnknownNames';
}

/** Modules as far as they have been read, starting from one. */
export class ModuleGraph {
  /** Absolute path of the first module. */
  readonly root: string;
  readonly #graph: Graph;
  readonly #parserPlugins: NonNullable<ParseOptions['parserPlugins']>;
  readonly #records = new Map<string, ModuleRecord | null>();
  readonly #targets = new Map<string, string | null>();
  readonly #texts = new Map<string, string | null>();

  /** @param options how the first module is read: `format` is what the host runs it as */
  constructor(root: string, source: string, options: ParseOptions = {}) {
    this.root = root;
    this.#parserPlugins = options.parserPlugins ?? [];
    const record = moduleRecord(source, root, options);
    // What a client module re-exports it has in the browser, without the condition "react-server".
    this.#graph = record.isClientModule ? 'client' : 'server';
    this.#records.set(root, record);
  }

  /** @throws {UnknownNames} when the file cannot be read, or is no JavaScript */
  *record(filename: string): Finding<ModuleRecord> {
    let record = this.#records.get(filename);
    if (record === undefined) {
      record = yield* this.#readRecord(filename);
      this.#records.set(filename, record);
    }
    if (record !== null) return record;
    throw new UnknownNames(`${this.#nameOf(filename)} cannot be read as JavaScript.`);
  }

  /** @throws {UnknownNames} when there is no such file */
  *target(specifier: string, from: string): Finding<string> {
    const key = `${from}\0${specifier}`;
    let target = this.#targets.get(key);
    if (target === undefined) {
      const {isModule} = yield* this.record(from);
      const tsconfig = yield* this.#nearest('tsconfig.json', from);
      const by = isModule ? 'import' : 'require';
      const graph = this.#graph;
      target = yield {kind: 'resolve', specifier, from, graph, by, tsconfig};
      this.#targets.set(key, target);
    }
    if (target !== null) return target;
    const importer = from === this.root ? '' : `, which ${this.#nameOf(from)} exports`;
    throw new UnknownNames(`No file was found for ${JSON.stringify(specifier)}${importer}.`);
  }

  *#readRecord(filename: string): Finding<ModuleRecord | null> {
    const extension = extname(filename);
    // Node imports JSON as a default export only.
    if (extension === '.json') return NO_NAMES;
    if (!JAVASCRIPT.test(extension)) return null;
    const text = yield* this.#read(filename);
    if (text === null) return null;
    const format = yield* findFormat(filename, (path) => this.#read(path));
    return moduleRecord(text, filename, {format, parserPlugins: this.#parserPlugins});
  }

  /** The nearest file of this name, in the folder of a module or above it. */
  *#nearest(name: string, filename: string): Finding<string | null> {
    if (filename.includes(`${sep}node_modules${sep}`)) return null;
    let folder = dirname(filename);
    for (;;) {
      const candidate = join(folder, name);
      if ((yield* this.#read(candidate)) !== null) return candidate;
      const parent = dirname(folder);
      if (parent === folder) return null;
      folder = parent;
    }
  }

  *#read(filename: string): Finding<string | null> {
    let text = this.#texts.get(filename);
    if (text === undefined) {
      text = yield {kind: 'read', filename};
      this.#texts.set(filename, text);
    }
    return text;
  }

  /** Makes a path relative, so that messages are the same on every machine. */
  #nameOf(filename: string): string {
    const path = relative(dirname(this.root), filename).replaceAll('\\', '/');
    return path.startsWith('.') ? path : `./${path}`;
  }
}

const JAVASCRIPT = /^(?:\.[cm]?[jt]sx?)?$/;

const NO_NAMES: ModuleRecord = {
  isModule: true,
  isTypeScript: false,
  isClientModule: false,
  exports: new Map([['default', {kind: 'local', localName: 'default'}]]),
  stars: [],
};
