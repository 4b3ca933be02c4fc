import type {Entry} from './entry.ts';
import {RecencyList} from './recency.ts';

/** Characters of arguments that count as one result. */
const CHARACTERS = 4000;
/** A result that counts for more than this part of all is not kept. */
const LARGEST_PART = 1 / 100;

/**
 * The results of a cache. Callers may choose arguments, and so how much is kept for a result: one with
 * long arguments counts as several, and makes room for itself by no more than as many others go. One with
 * very long arguments is not kept at all, so that no caller can push out what all others use.
 */
export class Entries {
  readonly #max: number;
  readonly #kept = new Map<string, {entry: Entry; count: number}>();
  /** What is computed for those who wait, and not kept. */
  readonly #passing = new Map<string, Entry>();
  readonly #byUse = new RecencyList<Entry>();
  #count = 0;

  /** @param max how many results of short arguments are kept */
  constructor(max: number) {
    this.#max = max;
  }

  find(key: string): Entry | undefined {
    return this.#kept.get(key)?.entry ?? this.#passing.get(key);
  }

  /**
   * Adds a result that is not there yet, and drops those that were not used for the longest time.
   *
   * @returns whether it is kept
   */
  add(entry: Entry): boolean {
    const count = Math.max(1, Math.ceil(entry.characters / CHARACTERS));
    if (count > Math.max(1, this.#max * LARGEST_PART)) {
      this.#passing.set(entry.key, entry);
      return false;
    }
    while (this.#count + count > this.#max) this.#byUse.oldest!.drop();
    this.#kept.set(entry.key, {entry, count});
    this.#byUse.add(entry);
    this.#count += count;
    return true;
  }

  /**
   * A result is used, and with it those that it was computed from. They come behind it, so that what others
   * depend on never goes before them: it would take them all along.
   */
  use(entry: Entry): void {
    for (const used of entry.sources.size === 0 ? [entry] : withSources(entry)) {
      if (this.#kept.get(used.key)?.entry !== used) continue;
      this.#byUse.remove(used);
      this.#byUse.add(used);
    }
  }

  remove(entry: Entry): void {
    const kept = this.#kept.get(entry.key);
    if (kept?.entry === entry) {
      this.#kept.delete(entry.key);
      this.#byUse.remove(entry);
      this.#count -= kept.count;
    } else if (this.#passing.get(entry.key) === entry) {
      this.#passing.delete(entry.key);
    }
  }

  /** All of them, those that are only passing as well. */
  all(): Entry[] {
    return [...Array.from(this.#kept.values(), ({entry}) => entry), ...this.#passing.values()];
  }
}

/** A result and those that it was computed from, directly or not, each before its own sources. */
function withSources(entry: Entry): Entry[] {
  const sorted: Entry[] = [];
  const seen = new Set([entry]);
  const open = [{entry, sources: entry.sources.values()}];
  while (open.length > 0) {
    const last = open.at(-1)!;
    const {done, value: source} = last.sources.next();
    if (done) {
      sorted.push(last.entry);
      open.pop();
    } else if (!seen.has(source)) {
      seen.add(source);
      open.push({entry: source, sources: source.sources.values()});
    }
  }
  return sorted.reverse();
}
