import type {Compiler, LoaderContext} from 'webpack';
import {dirname} from 'node:path';
import {FileResolver} from '../resolution/fileResolver.ts';
import type {ResolveRequest} from '../resolution/requests.ts';
import {decodeText} from './sourceFiles.ts';
import type {Dependencies, FileHost} from './findInWebpack.ts';

type InputFileSystem = NonNullable<Compiler['inputFileSystem']>;
type Resolve = FileHost['resolve'];

const serverCompilers = new WeakMap<Compiler, () => Compiler | null>();

/**
 * Says that the server is built by webpack too: names are then those that its build finds, in both
 * compilers. Otherwise they are those that Node finds when it runs the sources.
 *
 * @param server gives the compiler of the server, or `null` while there is none
 */
export function resolveAsServerBuild(compiler: Compiler, server: () => Compiler | null): void {
  serverCompilers.set(compiler, server);
}

/** @param compiler also a child of the one that was told how */
export function hostOfCompiler(compiler: Compiler): FileHost {
  return createHost(compiler.inputFileSystem!, compiler);
}

/** @param context also in a worker of thread-loader, which serves server builds alone */
export function hostOfLoader(context: LoaderContext<unknown>): FileHost {
  const {fs} = context;
  if (context._compiler) return createHost(fs, context._compiler);
  return {resolve: resolveFromWorker(context), readText: (filename) => readText(fs, filename)};
}

function createHost(fs: InputFileSystem, compiler: Compiler): FileHost {
  const server = serverCompilers.get(compiler.root)?.();
  return {
    resolve: server ? resolveInBuild(server) : resolveInSources(fs),
    readText: (filename) => readText(fs, filename),
  };
}

const fileResolvers = new WeakMap<InputFileSystem, FileResolver>();

function resolveInSources(fs: InputFileSystem): Resolve {
  let resolver = fileResolvers.get(fs);
  if (!resolver) {
    resolver = new FileResolver({fileSystem: fs, useSyncFileSystemCalls: false});
    fileResolvers.set(fs, resolver);
  }
  return (request, dependencies) =>
    new Promise((fulfil) => resolver.resolve(request, fulfil, resolveContext(dependencies)));
}

function resolveInBuild(server: Compiler): Resolve {
  return (request, dependencies) => {
    const {specifier, from, graph} = request;
    const resolver = server.resolverFactory.get('normal', {
      ...buildOptions(request),
      ...(graph === 'server' && {conditionNames: ['react-server', '...']}),
    });
    return new Promise((fulfil) => {
      const context = resolveContext(dependencies);
      resolver.resolve({}, dirname(from), specifier, context, (_error, _path, result) => {
        // A specifier may have a query, which is left out.
        fulfil((result && result.path) || null);
      });
    });
  };
}

/** Lets the main process resolve, as from the module itself. */
function resolveFromWorker(context: LoaderContext<unknown>): Resolve {
  return async (request) => {
    const resolve = context.getResolve(buildOptions(request));
    try {
      const path = await resolve(dirname(request.from), request.specifier);
      return path ? path.replace(/\?.*$/s, '') : null;
    } catch {
      return null;
    }
  };
}

function buildOptions({by}: ResolveRequest) {
  return {dependencyType: by === 'import' ? 'esm' : 'commonjs', fullySpecified: false};
}

function resolveContext({files, contexts, missing}: Dependencies) {
  return {
    fileDependencies: files,
    contextDependencies: contexts,
    missingDependencies: missing,
  };
}

function readText(fs: InputFileSystem, filename: string): Promise<string> {
  return new Promise((fulfil, reject) => {
    fs.readFile(filename, (error, content) => {
      if (error) reject(error);
      else fulfil(decodeText(content as Buffer));
    });
  });
}
