import {createAsyncStorage, followsAsync, HOW_TO_FOLLOW_ASYNC} from '../platform/asyncStorage.ts';
import {ignore} from '../platform/ignore.ts';
import {cacheKey} from './cacheKey.ts';
import {checkPositiveInteger} from '../request/limits.ts';
import {runShared} from '../scope/currentScope.ts';
import type {RevalidationTarget} from '../scope/requestScope.ts';
import {Entries} from './entries.ts';
import {Entry} from './entry.ts';

/** What makes a cached result stale. */
export interface CachedOptions<Arguments extends unknown[]> {
  /** Names for `revalidateTag()`; may depend on the arguments. */
  tags?: readonly string[] | ((...args: Arguments) => readonly string[]) | undefined;
  /** Pages that show the result, for `revalidatePath()`; may depend on the arguments. */
  paths?: readonly string[] | ((...args: Arguments) => readonly string[]) | undefined;
}

/** A cache in the memory of this process, for the handler's option `cache`. */
export interface MemoryCache extends RevalidationTarget {
  /**
   * A function that computes once for equal arguments, and again after a revalidation.
   *
   * Calls that come while it is computed wait for the same result. A rejection is not kept. A result
   * whose computation began before a revalidation is given to those who wait for it, and then dropped.
   * A cached function that calls another one becomes stale together with it. The result is shared by
   * all requests: do not change it, and pass what depends on the user as an argument.
   *
   * @param compute its arguments must be plain data
   * @param options at least one tag or path
   */
  readonly cached: <Arguments extends unknown[], Result>(
    compute: (...args: Arguments) => Promise<Result>,
    options: CachedOptions<Arguments>,
  ) => (...args: Arguments) => Promise<Result>;
  /** Makes stale what was computed with this path. */
  readonly revalidatePath: (path: string) => void;
  /** Makes stale what was computed with this tag. */
  readonly revalidateTag: (tag: string) => void;
  /** Forgets everything. */
  readonly clear: () => void;
}

const computing = createAsyncStorage<Entry>();

/**
 * Makes a cache in the memory of this process. Several processes need one that they share: write the
 * two functions of the handler's option `cache` for it.
 *
 * @param options.maxEntries results that are kept; the one that was not used for the longest time goes first. Default: 1000. One counts once for each 4,000 characters of its arguments, tags and paths; one that would count for more than a hundredth of all is not kept, nor is what is computed from it
 * @throws TypeError
 * @throws Error where the runtime has no `AsyncLocalStorage`: what a result depends on would be unknown
 */
export function createMemoryCache({
  maxEntries = 1000,
}: {maxEntries?: number | undefined} = {}): MemoryCache {
  checkPositiveInteger('maxEntries', maxEntries);
  if (!followsAsync) {
    throw new Error(
      `createMemoryCache needs AsyncLocalStorage, which this runtime does not have: a cached function that calls another one could not become stale together with it. ${HOW_TO_FOLLOW_ASYNC}`,
    );
  }
  const entries = new Entries(maxEntries);
  let functions = 0;

  function add(entry: Entry, compute: () => Promise<unknown>): void {
    const isKept = entries.add(entry);
    entry.addReader(computing.getStore());
    entry.result = computing.run(entry, () => runShared(async () => compute()));
    const drop = () => entry.drop();
    entry.result.then(isKept ? ignore : drop, drop);
  }

  function use(entry: Entry): void {
    entries.use(entry);
    entry.addReader(computing.getStore());
  }

  function revalidate(isStale: (entry: Entry) => boolean): void {
    for (const entry of entries.all().filter(isStale)) entry.drop();
  }

  return {
    cached(compute, options) {
      checkOptions(options);
      const prefix = `${functions++}:`;
      return (...args) => {
        const key = prefix + cacheKey(args);
        let entry = entries.find(key);
        if (entry) {
          use(entry);
        } else {
          const [tags, paths] = [labels(options.tags, args), labels(options.paths, args)];
          entry = new Entry(key, {tags, paths}, (dropped) => entries.remove(dropped));
          add(entry, () => compute(...args));
        }
        return entry.result as ReturnType<typeof compute>;
      };
    },
    revalidatePath: (path) => revalidate(({paths}) => paths.has(path)),
    revalidateTag: (tag) => revalidate(({tags}) => tags.has(tag)),
    clear: () => revalidate(() => true),
  };
}

function labels<Arguments extends unknown[]>(
  given: readonly string[] | ((...args: Arguments) => readonly string[]) | undefined,
  args: Arguments,
): Set<string> {
  const names = typeof given === 'function' ? given(...args) : (given ?? []);
  for (const name of names) {
    if (typeof name !== 'string') throw new TypeError('cached: tags and paths must be strings.');
  }
  return new Set(names);
}

function checkOptions({tags, paths}: {tags?: unknown; paths?: unknown}): void {
  const isGiven = (value: unknown) =>
    typeof value === 'function' || (Array.isArray(value) && value.length > 0);
  if (!isGiven(tags) && !isGiven(paths)) {
    throw new TypeError(
      'cached: give at least one tag or path. Without one the result could never become stale.',
    );
  }
}
