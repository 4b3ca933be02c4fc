import {createHash} from 'node:crypto';
import type {Compilation, Compiler} from 'webpack';
import {hashOptions} from './addLoader.ts';
import {compileModule, type CompileOptions, type DirectiveModule} from './compileModule.ts';
import {findFormat} from '../resolution/moduleFormat.ts';
import {findFiles, type FoundFiles} from './findFiles.ts';
import {NewFileWatcher} from './newFileWatcher.ts';
import type {ResolvedOptions} from './options.ts';
import {RealPaths} from './realPaths.ts';
import {ScanProgress} from './scanProgress.ts';
import {decodeText, mayHaveDirective} from './sourceFiles.ts';
import {hostOfCompiler} from './fileHost.ts';
import {findInWebpack, noDependencies, type Dependencies, type FileHost} from './findInWebpack.ts';
import {transformedFilesOf} from './transformedFiles.ts';

interface ScannedFile {
  module: DirectiveModule | null;
  dependencies: Dependencies;
}

/** What the files of one scan have in common. */
interface ScanWork {
  cache: ReturnType<Compilation['getCache']>;
  optionsHash: string;
  realPaths: RealPaths;
  host: FileHost;
}

export interface ScanResult {
  modules: DirectiveModule[];
  /** Absolute paths of all files that were looked into. */
  files: string[];
  /** Everything that can change the result, the scanned files too. */
  dependencies: Dependencies;
  /** Patterns of the option `include` that find no file. */
  unmatched: FoundFiles['unmatched'];
}

/**
 * Looks for directives in files that the browser's module graph may never reach.
 *
 * One scanner serves one compiler: when webpack watches, it says which files changed, and only those
 * are read again. Between processes, webpack's own cache keeps what parsing gave, by content.
 */
export class Scanner {
  readonly #compiler: Compiler;
  readonly #options: ResolvedOptions;
  readonly #compileOptions: CompileOptions;
  readonly #newFiles: NewFileWatcher;
  #previous = new Map<string, ScannedFile>();

  constructor(compiler: Compiler, options: ResolvedOptions) {
    this.#compiler = compiler;
    this.#options = options;
    this.#compileOptions = {
      root: options.root,
      ids: options.ids,
      idSecret: options.idSecret,
      idPrefix: options.idPrefix,
      callServer: options.callServer,
      parserPlugins: options.parserPlugins,
      details: options.details,
      target: 'server',
    };
    this.#newFiles = new NewFileWatcher(compiler, () => this.#find());
  }

  async scan(compilation: Compilation): Promise<ScanResult> {
    const found = await this.#find();
    if (this.#compiler.watchMode) this.#newFiles.update(found);
    const work: ScanWork = {
      cache: compilation.getCache('UseServerWebpackPlugin'),
      optionsHash: hashOptions(this.#compileOptions, this.#compiler.context),
      realPaths: new RealPaths(this.#compiler.inputFileSystem!),
      host: hostOfCompiler(this.#compiler),
    };
    const progress = this.#progress(found.files.length);
    const scanned = await Promise.all(
      found.files.map(async (file) => {
        const result = this.#unchanged(file) ?? (await this.#scanFile(file, work));
        progress.fileDone();
        return [file, result] as const;
      }),
    );
    progress.end();
    this.#previous = new Map(scanned);
    return {
      modules: uniqueModules(scanned.map(([, file]) => file)),
      files: found.files,
      dependencies: joinDependencies(scanned),
      unmatched: found.unmatched,
    };
  }

  #progress(total: number): ScanProgress {
    const {appendOnly = false} = this.#compiler.options.infrastructureLogging;
    return new ScanProgress(this.#compiler.getInfrastructureLogger('UseServerWebpackPlugin'), {
      total,
      isAppendOnly: appendOnly,
    });
  }

  #find(): Promise<FoundFiles> {
    return findFiles(this.#options, this.#compiler.outputPath);
  }

  #unchanged(file: string): ScannedFile | undefined {
    const {modifiedFiles, removedFiles} = this.#compiler;
    if (!modifiedFiles) return undefined;
    const previous = this.#previous.get(file);
    const isChanged = (path: string) => modifiedFiles.has(path) || removedFiles?.has(path);
    if (!previous || isChanged(file)) return undefined;
    const {files, contexts, missing} = previous.dependencies;
    return [...files, ...contexts, ...missing].some(isChanged) ? undefined : previous;
  }

  async #scanFile(
    file: string,
    {cache, optionsHash, realPaths, host}: ScanWork,
  ): Promise<ScannedFile> {
    let content: Buffer;
    try {
      content = await this.#read(file);
    } catch {
      // It was removed since it was found. webpack watches its folder.
      return {module: null, dependencies: noDependencies()};
    }
    if (!mayHaveDirective(content)) return {module: null, dependencies: noDependencies()};
    // Ids are made of the real path, as webpack and Node resolve modules.
    const filename = (await realPaths.of(file)) ?? file;
    const format = await findInWebpack(findFormat(filename), host, noDependencies());
    const etag = `${optionsHash}|${format ?? ''}|${createHash('sha256').update(content).digest('base64')}`;
    const cached = await cache.getPromise<ScannedFile>(filename, etag);
    if (cached) return cached;
    const compiled = await compileModule(
      decodeText(content),
      filename,
      {...this.#compileOptions, format},
      host,
      {files: transformedFilesOf(this.#compiler), isCodeNeeded: false},
    );
    const {module = null, dependencies = noDependencies()} = compiled ?? {};
    if (filename !== file) dependencies.files.add(filename);
    const result = {module, dependencies};
    // With dependencies, the content of this one file does not decide the result.
    const decides = Object.values(dependencies).every(({size}) => size === 0);
    if (decides) await cache.storePromise(filename, etag, result);
    return result;
  }

  #read(file: string): Promise<Buffer> {
    const fs = this.#compiler.inputFileSystem!;
    return new Promise((fulfil, reject) => {
      fs.readFile(file, (error, content) => {
        if (error) reject(error);
        else fulfil(content as Buffer);
      });
    });
  }
}

function joinDependencies(scanned: readonly (readonly [string, ScannedFile])[]): Dependencies {
  const joined = noDependencies();
  for (const [file, {dependencies}] of scanned) {
    joined.files.add(file);
    for (const key of ['files', 'contexts', 'missing'] as const) {
      for (const path of dependencies[key]) joined[key].add(path);
    }
  }
  return joined;
}

/** Two paths can lead to one file. */
function uniqueModules(files: readonly ScannedFile[]): DirectiveModule[] {
  const modules = new Map<string, DirectiveModule>();
  for (const {module} of files) if (module) modules.set(module.path, module);
  return [...modules.values()];
}
