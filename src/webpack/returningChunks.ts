import type {Compiler} from 'webpack';

const NAME = 'UseServerWebpackPlugin';

type ChunkId = string | number;

/**
 * Gives a chunk that has left an open page, and comes back, an id that the page does not know.
 *
 * Hot module replacement takes such a chunk and its modules out of the page: that of a client component which is
 * imported no longer. React's client loads a chunk once for each id (`chunkCache` of
 * ReactFlightClientConfigBundlerWebpack), so it would not load it again when the import is back, and would find no
 * component in a module that is gone.
 */
export function renewReturningChunks(compiler: Compiler): void {
  /** How often each chunk has come into the page, by the id that webpack gives it. */
  const arrivals = new Map<ChunkId, number>();
  /** Those of the build that open pages have. */
  let present: ReadonlySet<ChunkId> = new Set();

  compiler.hooks.thisCompilation.tap(NAME, (compilation) => {
    // Hot module replacement notes there what it has told pages.
    const isHot = 'hash' in (compilation.records ?? {});
    const found = new Set<ChunkId>();

    compilation.hooks.afterOptimizeChunkIds.tap(NAME, (chunks) => {
      for (const chunk of chunks) {
        const {id} = chunk;
        if (id === null || chunk.hasRuntime()) continue;
        found.add(id);
        const known = arrivals.get(id) ?? 0;
        const count = known === 0 || (isHot && !present.has(id)) ? known + 1 : known;
        arrivals.set(id, count);
        if (count === 1) continue;
        chunk.id = `${id}-${count}`;
        chunk.ids = [chunk.id];
      }
    });
    // A build that is not recorded tells pages nothing.
    compilation.hooks.record.tap(NAME, () => {
      present = found;
    });
  });
}
