import {dirname} from 'node:path';
import enhancedResolve, {type ResolveContext, type ResolveOptions} from 'enhanced-resolve';
import type {ResolveRequest} from './requests.ts';

type FileSystem = NonNullable<ResolveOptions['fileSystem']>;

interface FileResolverOptions {
  fileSystem: FileSystem;
  useSyncFileSystemCalls: boolean;
  /** Those with which the process that runs the sources was started; `react-server` is not for this to say. */
  conditions?: readonly string[];
}

/**
 * Finds files as Node does when it runs the sources, and as tsx does, which gives it TypeScript. What
 * webpack's config says of resolution is meant for the browser, and does not count here.
 */
export class FileResolver {
  readonly #options: Omit<FileResolverOptions, 'conditions'>;
  readonly #conditions: readonly string[];
  readonly #resolvers = new Map<string, ReturnType<typeof createResolver>>();

  constructor({conditions = [], ...options}: FileResolverOptions) {
    this.#options = options;
    this.#conditions = conditions.filter((condition) => condition !== 'react-server');
  }

  /**
   * @param answer gets the absolute path of the file, or `null`
   * @param context collects the files and folders that decide the answer
   */
  resolve(
    request: ResolveRequest,
    answer: (filename: string | null) => void,
    context: ResolveContext = {},
  ): void {
    const {specifier, from} = request;
    const resolver = this.#resolverFor(request);
    resolver.resolve({}, dirname(from), specifier, context, (_error, _path, result) => {
      // A specifier may have a query, which is left out.
      answer((result && result.path) || null);
    });
  }

  #resolverFor({from, graph, by, tsconfig}: ResolveRequest) {
    const isTypeScript = TYPESCRIPT.test(from);
    const key = JSON.stringify([isTypeScript, graph, by, tsconfig]);
    let resolver = this.#resolvers.get(key);
    if (!resolver) {
      resolver = createResolver({
        ...this.#options,
        conditionNames: [
          by,
          'node',
          'module-sync',
          'node-addons',
          ...this.#conditions,
          ...(graph === 'server' ? ['react-server'] : []),
        ],
        extensions: ['.ts', '.tsx', '.jsx', '.js', '.json'],
        extensionAlias: isTypeScript ? BEFORE_JAVASCRIPT : BEHIND_JAVASCRIPT,
        ...(tsconfig !== null && {tsconfig: {configFile: tsconfig, references: 'auto'}}),
      });
      this.#resolvers.set(key, resolver);
    }
    return resolver;
  }
}

function createResolver(options: ResolveOptions) {
  return enhancedResolve.ResolverFactory.createResolver(options);
}

const TYPESCRIPT = /\.[cm]?tsx?$/;

/** In TypeScript `./notes.js` means `notes.ts`, elsewhere a file of that name where there is one. */
const BEFORE_JAVASCRIPT = {
  '.js': ['.ts', '.tsx', '.js', '.jsx'],
  '.jsx': ['.tsx', '.ts', '.jsx', '.js'],
  '.mjs': ['.mts', '.mjs'],
  '.cjs': ['.cts', '.cjs'],
};

const BEHIND_JAVASCRIPT = {
  '.js': ['.js', '.ts', '.tsx', '.jsx'],
  '.jsx': ['.jsx', '.tsx', '.ts', '.js'],
  '.mjs': ['.mjs', '.mts'],
  '.cjs': ['.cjs', '.cts'],
};
