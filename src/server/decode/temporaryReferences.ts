/**
 * The temporary references of one call: what the client could not send (JSX, class instances, its own
 * functions) stands on the server as an opaque function, and goes back as the client's own value.
 *
 * React keeps every object and array of the arguments in this set too, and sends those back as the
 * client's untouched originals, so that the changes of `todo.done = true; return todo` would be lost.
 * Here only the opaque ones are kept; what the server can read, it also sends.
 */
export class TemporaryReferences {
  /** Most calls have none. */
  #references: WeakMap<object, string> | undefined;

  get(value: object): string | undefined {
    return this.#references?.get(value);
  }

  set(value: object, reference: string): this {
    if (typeof value === 'function') (this.#references ??= new WeakMap()).set(value, reference);
    return this;
  }
}
