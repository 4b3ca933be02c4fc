import {Recent} from './recency.ts';

/** A result, and what it depends on. */
export class Entry extends Recent {
  readonly key: string;
  readonly tags: ReadonlySet<string>;
  readonly paths: ReadonlySet<string>;
  result: Promise<unknown> = Promise.resolve();
  /** Results that the computation of this one read. */
  readonly sources = new Set<Entry>();
  /** Results whose computation read this one. */
  readonly #readers = new Set<Entry>();
  readonly #onDrop: (entry: Entry) => void;
  #isDropped = false;

  /** @param onDrop called once, when it is to be forgotten */
  constructor(
    key: string,
    {tags, paths}: {tags: ReadonlySet<string>; paths: ReadonlySet<string>},
    onDrop: (entry: Entry) => void,
  ) {
    super();
    this.key = key;
    this.tags = tags;
    this.paths = paths;
    this.#onDrop = onDrop;
  }

  /** Characters that are kept for it: of its arguments, and of names that may be made of them. */
  get characters(): number {
    let characters = this.key.length;
    for (const name of this.tags) characters += name.length;
    for (const path of this.paths) characters += path.length;
    return characters;
  }

  /** Remembers that the computation around this code, if there is one, depends on this result. */
  addReader(reader: Entry | undefined): void {
    if (!reader || reader.#isDropped || reader === this) return;
    this.#readers.add(reader);
    reader.sources.add(this);
  }

  /** Forgets this and all that depends on it. A running computation goes on for those who wait. */
  drop(): void {
    if (this.#isDropped) return;
    this.#isDropped = true;
    this.#onDrop(this);
    for (const source of this.sources) source.#readers.delete(this);
    this.sources.clear();
    for (const reader of this.#readers) reader.drop();
  }
}
