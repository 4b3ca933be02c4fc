/**
 * Puts promises in the place of those of React's decoder, whose `then` returns nothing, so that
 * `promise.then(…)` in a server function gives what it gave where the promise was captured.
 *
 * @param value decoded by React and known to nobody else: it is changed in place
 * @returns `value`, or the promise in its place
 */
export function withRealPromises(value: unknown): unknown {
  return new Replacer().replace(value);
}

class Replacer {
  readonly #done = new Map<object, unknown>();

  replace = (value: unknown): unknown => {
    if (typeof value !== 'object' || value === null) return value;
    if (!this.#done.has(value)) {
      const isPromise = value instanceof Promise;
      this.#done.set(value, isPromise ? this.#realPromise(value) : value);
      if (!isPromise) this.#replaceInside(value);
    }
    return this.#done.get(value);
  };

  #realPromise(promise: Promise<unknown>): Promise<unknown> {
    const real = new Promise((resolve, reject) => {
      void promise.then((value) => resolve(this.replace(value)), reject);
    });
    // Whether a failure is handled is for the function to decide, when it looks at the promise.
    real.catch(() => {});
    return real;
  }

  #replaceInside(value: object): void {
    if (value instanceof Map) {
      const entries = [...value];
      value.clear();
      for (const [key, item] of entries) value.set(this.replace(key), this.replace(item));
    } else if (value instanceof Set) {
      const items = [...value];
      value.clear();
      for (const item of items) value.add(this.replace(item));
    } else if (Array.isArray(value) || isPlainObject(value)) {
      const holder = value as Record<string, unknown>;
      for (const key of Object.keys(holder)) {
        const replaced = this.replace(holder[key]);
        if (replaced !== holder[key]) holder[key] = replaced;
      }
    }
  }
}

/** Elements and lazy values are React's own, and what renders them takes any promise. */
function isPlainObject(value: object): boolean {
  return Object.getPrototypeOf(value) === Object.prototype && !('$$typeof' in value);
}
