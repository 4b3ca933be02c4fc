import {existsSync, readFileSync, realpathSync, statSync} from 'node:fs';
import {basename, dirname, resolve} from 'node:path';
import {globSync} from 'tinyglobby';
import {BUILD_FOLDERS, NEVER_SEARCHED, PACKAGES} from '../webpack/sourceFiles.ts';
import {importsInText, type TextImport} from './importsInText.ts';
import {FRESH_FOR} from './recentAnswers.ts';
import {isPath, resolveImport} from './resolveImport.ts';

/** Which files belong to the project. */
export interface ProjectFiles {
  /** Absolute path of the folder that the patterns start from. */
  root: string;
  include: readonly string[];
  exclude: readonly string[];
}

interface IndexedFile {
  modified: number;
  imports: readonly TextImport[];
}

interface Importer extends TextImport {
  /** Absolute path. */
  file: string;
}

/** Imports by what they may lead to. */
interface Index {
  /** Those that start with a dot, by the last name in the specifier. */
  relative: Map<string, Importer[]>;
  /** The others, by each name that they import, or by `null` where it may be any of them. */
  bare: Map<string | null, Importer[]>;
}

/** Files in languages that have the imports of JavaScript. */
const HAS_IMPORTS = /\.(?:[cm]?[jt]sx?|mdx?|vue|svelte|astro)$/i;

/** A large project takes longer to look through, and so does so less often. */
const MOST_OF_TIME = 20;

/**
 * What the files of a project import. A file is read again when its time of modification has changed; the
 * list of files is made again every few seconds.
 */
class ProjectImports {
  readonly #project: ProjectFiles;
  #files = new Map<string, IndexedFile>();
  #index: Index = {relative: new Map(), bare: new Map()};
  #targets = new Map<string, string | null>();
  #freshUntil = 0;

  constructor(project: ProjectFiles) {
    this.#project = project;
  }

  /** The names of `wanted` that no other file imports of a module. */
  missingFrom(module: string, wanted: readonly string[]): Set<string> {
    this.#refresh();
    const missing = new Set(wanted);
    for (const {names} of this.#importersOf(module, missing)) {
      if (names === null) missing.clear();
      else for (const name of names) missing.delete(name);
      if (missing.size === 0) break;
    }
    return missing;
  }

  /** @param missing names that are looked for; those who import none of them are left out */
  *#importersOf(module: string, missing: ReadonlySet<string>): Generator<Importer> {
    const {relative, bare} = this.#index;
    const lastNames = lastNamesFor(module);
    for (const name of lastNames) {
      for (const importer of relative.get(name) ?? []) {
        if (importer.file === module) continue;
        const target = this.#resolve(importer);
        if (target === module || target === null) yield importer;
      }
    }
    for (const name of [...missing, null]) {
      for (const importer of bare.get(name) ?? []) {
        const {specifier, file, names} = importer;
        if (file === module) continue;
        const isLike = lastNames.has(stem(specifier));
        // A package is the same for all files; what is named like the module may be another one for each.
        const target = this.#resolve(importer, !isLike && !specifier.startsWith('#'));
        // What only a webpack config or another tool can resolve may be this module.
        const mayBe = target === null && (isLike || names !== null);
        if (target === module || mayBe) yield importer;
      }
    }
  }

  #resolve({specifier, file}: Importer, isSameForAll = false): string | null {
    const key = isSameForAll ? specifier : `${dirname(file)}\0${specifier}`;
    let target = this.#targets.get(key);
    if (target === undefined) {
      target = resolveImport(specifier, file);
      this.#targets.set(key, target);
    }
    return target;
  }

  #refresh(): void {
    const start = performance.now();
    if (start < this.#freshUntil) return;
    const files = new Map<string, IndexedFile>();
    for (const path of this.#find()) {
      const file = resolve(path);
      const indexed = this.#read(file);
      if (indexed) files.set(file, indexed);
    }
    this.#update(files);
    const end = performance.now();
    this.#freshUntil = end + Math.max(FRESH_FOR, (end - start) * MOST_OF_TIME);
  }

  #update(files: Map<string, IndexedFile>): void {
    const previous = this.#files;
    const isSameList =
      files.size === previous.size && [...files.keys()].every((file) => previous.has(file));
    if (!isSameList) this.#targets.clear();
    if (isSameList && [...files].every(([file, indexed]) => previous.get(file) === indexed)) return;
    this.#files = files;
    this.#index = indexOf(files);
  }

  #find(): string[] {
    const {root, include, exclude} = this.#project;
    const found = globSync([...include], {
      cwd: root,
      absolute: true,
      ignore: [...NEVER_SEARCHED, PACKAGES, ...BUILD_FOLDERS, ...exclude],
    });
    return found.filter((file) => HAS_IMPORTS.test(file));
  }

  #read(file: string): IndexedFile | null {
    try {
      const modified = statSync(file).mtimeMs;
      const previous = this.#files.get(file);
      if (previous?.modified === modified) return previous;
      return {modified, imports: importsInText(readFileSync(file, 'utf8'))};
    } catch {
      // It was removed since it was found.
      return null;
    }
  }
}

function indexOf(files: ReadonlyMap<string, IndexedFile>): Index {
  const index: Index = {relative: new Map(), bare: new Map()};
  for (const [file, {imports}] of files) {
    for (const found of imports) {
      const importer = {...found, file};
      if (isPath(found.specifier)) add(index.relative, stem(found.specifier), importer);
      else for (const name of found.names ?? [null]) add(index.bare, name, importer);
    }
  }
  return index;
}

function add<Key>(map: Map<Key, Importer[]>, key: Key, importer: Importer): void {
  const importers = map.get(key);
  if (importers) importers.push(importer);
  else map.set(key, [importer]);
}

/** What a path to the module can end with: its name, or for an index its folder, as in `./notes` and `..`. */
function lastNamesFor(module: string): Set<string> {
  const name = stem(module);
  return new Set(name === 'index' ? [name, stem(dirname(module)), '', '.', '..'] : [name]);
}

/** The last name in a path or specifier, without its ending and query. */
function stem(path: string): string {
  return basename(path.replace(/(?<=.)[?#].*$/, '')).replace(/\.[cm]?[jt]sx?$/, '');
}

const projects = new Map<string, ProjectImports>();

/**
 * Finds the exports of a module that no other file of a project imports.
 *
 * @param module absolute path
 * @param exported names of its exports
 */
export function unimportedNames(
  module: string,
  exported: readonly string[],
  project: ProjectFiles,
): Set<string> {
  // What is typed in an editor may not be saved yet.
  if (!existsSync(module)) return new Set();
  const key = JSON.stringify(project);
  let imports = projects.get(key);
  if (!imports) {
    // Specifiers lead to real paths.
    imports = new ProjectImports({...project, root: realpathSync(project.root)});
    projects.set(key, imports);
  }
  return imports.missingFrom(realpathSync(module), exported);
}
