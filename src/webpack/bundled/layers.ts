import type {Compilation, Compiler, Module} from 'webpack';

type NormalModuleFactory = ReturnType<Compiler['createNormalModuleFactory']>;

/** The server graph: Server Components and server functions. */
export const SERVER_LAYER = 'react-server';
/** The SSR graph: client components that make HTML. */
export const SSR_LAYER = 'ssr';

const NAME = 'UseServerWebpackPlugin';

/** Puts every entry that has no layer into the server layer. To be called before webpack reads its config. */
export function layerEntries({options}: Compiler): void {
  // Not in the types of webpack 5.112, where layers need no switch; older releases do.
  (options.experiments as {layers?: boolean}).layers = true;
  const {entry} = options;
  type StaticEntry = Exclude<typeof entry, () => unknown>;
  const layered = (entries: StaticEntry): StaticEntry =>
    Object.fromEntries(
      Object.entries(entries).map(([name, description]) => [
        name,
        {...description, layer: description.layer ?? SERVER_LAYER},
      ]),
    );
  options.entry = typeof entry === 'function' ? async () => layered(await entry()) : layered(entry);
}

/**
 * Takes modules into their layers: what `ssrModules` lists starts the SSR layer wherever it is
 * imported, everything else has the layer of its importer. The `react-server` condition applies to
 * what modules of the server layer import, and to nothing else.
 *
 * @param ssrModules absolute paths
 */
export function separateLayers(
  normalModuleFactory: NormalModuleFactory,
  {webpack}: Compiler,
  ssrModules: ReadonlySet<string>,
): void {
  const withCondition = {conditionNames: ['react-server', '...']};
  normalModuleFactory.hooks.afterResolve.tap(NAME, ({createData}) => {
    if (ssrModules.has(createData.resource ?? '')) createData.layer = SSR_LAYER;
    if (createData.layer !== SERVER_LAYER) return;
    const own = createData.resolveOptions;
    // webpack knows resolvers by the identity of their options.
    createData.resolveOptions = (
      own ? webpack.util.cleverMerge(own, withCondition) : withCondition
    ) as never;
  });
}

/** The modules of one layer. Before concatenation. */
export function modulesOf(compilation: Compilation, layer: string): Module[] {
  return [...compilation.modules].filter((module) => module.layer === layer);
}
