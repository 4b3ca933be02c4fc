import type {Compilation, Compiler, Module} from 'webpack';
import {formatId} from '../../references/ids.ts';
import {modulePath} from '../../references/modulePath.ts';
import {
  sortedRecord,
  type BundleLocation,
  type BundleLocations,
  type ManifestEntry,
} from '../../references/manifests.ts';
import {directiveModuleOf} from '../directiveModuleOf.ts';
import {ClientModules, type ClientModule} from '../clientModules.ts';
import {hasErrors, type DirectiveModule} from '../compileModule.ts';
import {reportDiagnostics} from '../diagnostics.ts';
import {logCallable} from '../logCallable.ts';
import {chunksOf} from '../manifests.ts';
import {plainError} from '../plainError.ts';
import {emitJson} from './emitJson.ts';
import {modulesOf, SERVER_LAYER, SSR_LAYER} from './layers.ts';
import type {UsedExports} from './link.ts';
import type {LinkedOptions} from './options.ts';
import {bundledReact} from './reactVersions.ts';
import {callServerManifestHook} from './serverManifestHook.ts';
import {checkServerSetUp} from './setUp.ts';
import {liveReferences, usedExports} from './usedExports.ts';

type NormalModuleFactory = ReturnType<Compiler['createNormalModuleFactory']>;

interface Found {
  module: DirectiveModule;
  webpackModule: Module;
}

interface Located {
  entry: ClientModule;
  id: string | number;
  /** It, or something that it imports, has a top-level await. */
  isAsync: boolean;
}

interface Exposed {
  id: string;
  exportName: string;
  /** Absolute. */
  filename: string;
}

/** What the plugin does in one build of the server: everything that it knows lives and ends with it. */
export class ServerBuild {
  readonly #compilation: Compilation;
  readonly #options: LinkedOptions;
  /** Server modules, once each: wherever they are found, they are loaded from here. */
  readonly #serverModules: ClientModules;
  /** Client modules, built once more for SSR. */
  readonly #ssrModules: ClientModules;
  #exposed: Exposed[] = [];
  /** Noted before concatenation, which hides what is known of them. */
  #serverFunctionModules: readonly DirectiveModule[] = [];

  constructor(
    compilation: Compilation,
    normalModuleFactory: NormalModuleFactory,
    options: LinkedOptions,
  ) {
    this.#compilation = compilation;
    this.#options = options;
    this.#serverModules = new ClientModules(compilation, normalModuleFactory, SERVER_LAYER);
    this.#ssrModules = new ClientModules(compilation, normalModuleFactory, SSR_LAYER);
  }

  /**
   * Includes client modules in the SSR layer and server modules in the server layer, and what these
   * bring with them, until there are none.
   *
   * @param filenames server modules that the browser's build has found
   * @returns whether there were any
   */
  async include(filenames: readonly string[]): Promise<boolean> {
    let isNew = false;
    for (;;) {
      const hasClient = await this.#ssrModules.include(this.clientFilenames());
      const hasServer = await this.#serverModules.include([
        ...filenames,
        ...this.#found(SERVER_LAYER, SSR_LAYER)
          .filter(({module}) => module.serverReferences.length > 0)
          .map(({module}) => module.filename),
      ]);
      if (!hasClient && !hasServer) return isNew;
      isNew = true;
    }
  }

  /** To be called when everything is included. */
  async join(): Promise<void> {
    await this.#serverModules.join();
    await this.#ssrModules.join();
  }

  /** Client modules that the server graph refers to. */
  clientFilenames(): string[] {
    return this.#found(SERVER_LAYER)
      .filter(({module}) => module.isClientModule)
      .map(({module}) => module.filename);
  }

  report(): void {
    reportDiagnostics(
      this.#compilation,
      [...this.#compilation.modules].flatMap((webpackModule) => {
        const module = directiveModuleOf(webpackModule);
        return module ? [{module, webpackModule}] : [];
      }),
    );
    checkServerSetUp(this.#compilation);
    this.#warnOfUnusedSsr();
  }

  /**
   * Decides which functions can be called. To be called when webpack knows what is used.
   *
   * @param usedByClient what the browser's build uses
   */
  expose(usedByClient: UsedExports): void {
    const used = this.#usedHere();
    const isUsed = (filename: string, name: string) =>
      [...(used.get(filename) ?? []), usedByClient.get(filename) ?? new Set<string>()].some(
        (names) => names === 'all' || names.has(name),
      );
    const unused: string[] = [];
    this.#serverFunctionModules = this.#serverFunctions().map(({module}) => module);
    for (const module of this.#serverFunctionModules) {
      const {filename, path, serverReferences} = module;
      const live = liveReferences(
        serverReferences,
        // No source names inline functions: who holds one has got it from its component.
        ({isInline, exportName}) =>
          this.#options.keepUnused || isInline === true || isUsed(filename, exportName),
      );
      for (const reference of serverReferences) {
        const {exportName} = reference;
        if (live.has(reference)) {
          const id = formatId({path, exportName}, this.#options);
          this.#exposed.push({id, exportName, filename});
        } else {
          unused.push(`${path}#${exportName}`);
        }
      }
    }
    this.#log(unused);
  }

  /** Those with server functions, once for each file, and the ids that can be called. */
  exposure(): {modules: readonly DirectiveModule[]; callable: ReadonlySet<string>} {
    return {
      modules: this.#serverFunctionModules,
      callable: new Set(this.#exposed.map(({id}) => id)),
    };
  }

  /** Whether it is one of the plugin's own modules, which import everything. */
  isOwn(module: Module): boolean {
    return this.#serverModules.isHolder(module) || this.#ssrModules.isHolder(module);
  }

  /** To be called when modules and chunks have their ids. */
  locations(): Pick<BundleLocations, 'server' | 'ssr' | 'react'> {
    const server = this.#locate(this.#serverModules);
    const ssr = this.#locate(this.#ssrModules);
    return {
      react: bundledReact(this.#compilation),
      server: sortedRecord(
        this.#exposed.flatMap(({id, exportName, filename}) => {
          const location = server.get(filename);
          return location ? [[id, {...this.#location(location), name: exportName}] as const] : [];
        }),
      ),
      ssr: sortedRecord(
        [...ssr].map(([filename, location]) => [
          modulePath(filename, this.#options.root),
          this.#location(location),
        ]),
      ),
    };
  }

  /** For people and their tools: the bundle itself knows what can be called, and a hook cannot change that. */
  emitManifest(): void {
    const located = this.#locate(this.#serverModules);
    const manifest = sortedRecord(
      this.#exposed.flatMap(({id, exportName, filename}): [string, ManifestEntry][] => {
        const location = located.get(filename);
        if (!location) return [];
        const chunks = chunksOf(this.#compilation, location.entry);
        const entry = {id: location.id, chunks, name: exportName};
        return [[id, location.isAsync ? {...entry, async: true} : entry]];
      }),
    );
    const hooked = callServerManifestHook(this.#compilation, manifest);
    emitJson(this.#compilation, this.#options.serverManifest, hooked);
  }

  #found(...layers: string[]): Found[] {
    return layers
      .flatMap((layer) => modulesOf(this.#compilation, layer))
      .flatMap((webpackModule) => {
        const module = directiveModuleOf(webpackModule);
        return module && !hasErrors(module) ? [{module, webpackModule}] : [];
      });
  }

  /** Once for each file, in the order of their names. */
  #serverFunctions(): Found[] {
    return this.#serverModules.all().flatMap((entry) => {
      const webpackModule = this.#serverModules.moduleOf(entry);
      const module = webpackModule && directiveModuleOf(webpackModule);
      return module && !hasErrors(module) ? [{module, webpackModule}] : [];
    });
  }

  /** By file: what each module of it, a stub in one layer and the code in the other, is used for. */
  #usedHere(): Map<string, (ReadonlySet<string> | 'all')[]> {
    const used = new Map<string, (ReadonlySet<string> | 'all')[]>();
    for (const {module, webpackModule} of this.#found(SERVER_LAYER, SSR_LAYER)) {
      if (module.serverReferences.length === 0) continue;
      const names = usedExports(this.#compilation, webpackModule, (importer) =>
        this.isOwn(importer),
      );
      used.set(module.filename, [...(used.get(module.filename) ?? []), names]);
    }
    return used;
  }

  #locate(modules: ClientModules): Map<string, Located> {
    const {chunkGraph, moduleGraph} = this.#compilation;
    const locations = new Map<string, Located>();
    for (const entry of modules.all()) {
      const module = modules.moduleOf(entry);
      const id = module && chunkGraph.getModuleId(module);
      if (id === null) continue;
      locations.set(entry.filename, {entry, id, isAsync: moduleGraph.isAsync(module!)});
    }
    return locations;
  }

  /** The bundle loads chunks by their ids. They have no files yet when it is written. */
  #location({id, isAsync, entry: {block}}: Located): BundleLocation {
    const group = this.#compilation.chunkGraph.getBlockChunkGroup(block);
    const ids = (group?.chunks ?? []).map((chunk) => chunk.id);
    const chunks = ids.filter((chunkId) => chunkId !== null);
    return {id, chunks, ...(isAsync && {async: true})};
  }

  /** It has an effect only where the server imports the module. */
  #warnOfUnusedSsr(): void {
    const {compiler, errors, modules, warnings} = this.#compilation;
    // A module that cannot be read or an import that cannot be followed may be the reason.
    if (errors.length > 0 || [...modules].some((module) => module.getNumberOfErrors() > 0)) return;
    const used = new Set(
      modulesOf(this.#compilation, SSR_LAYER).map((module) => {
        const resource = module.nameForCondition();
        return resource === null ? undefined : this.#options.ssr.get(resource);
      }),
    );
    for (const path of new Set(this.#options.ssr.values())) {
      if (used.has(path)) continue;
      warnings.push(
        plainError(
          compiler.webpack,
          `createUseServer: the option "ssr" names ${JSON.stringify(path)}, which no module of the server imports. Name the module that the server imports to make HTML.`,
        ),
      );
    }
  }

  #log(unused: readonly string[]): void {
    logCallable(
      this.#compilation,
      this.#exposed.map(({id}) => id),
    );
    if (unused.length > 0) {
      this.#compilation
        .getLogger('UseServerWebpackPlugin')
        .info(
          `${unused.length} exports of "use server" modules are not callable, because nothing uses them: ${[...unused].sort().join(', ')}`,
        );
    }
  }
}
