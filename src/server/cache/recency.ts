/** What a {@link RecencyList} holds: in one list at a time. */
export abstract class Recent {
  older: Recent | undefined;
  newer: Recent | undefined;
}

/**
 * In the order of their last use. Every step takes the same time, however many there are: to find the first
 * key of a `Map` can take as many steps as keys were deleted before it.
 */
export class RecencyList<T extends Recent> {
  #oldest: Recent | undefined;
  #newest: Recent | undefined;

  get oldest(): T | undefined {
    return this.#oldest as T | undefined;
  }

  /** @param item in no list */
  add(item: T): void {
    item.older = this.#newest;
    if (this.#newest) this.#newest.newer = item;
    else this.#oldest = item;
    this.#newest = item;
  }

  /** @param item in this list */
  remove(item: T): void {
    const {older, newer} = item;
    if (older) older.newer = newer;
    else this.#oldest = newer;
    if (newer) newer.older = older;
    else this.#newest = older;
    item.older = item.newer = undefined;
  }
}
