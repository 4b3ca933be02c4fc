/*
 * In the browser React gives references the `bind` of every function. What it makes can be called, but it is
 * no reference any more: as an argument, the server would get a placeholder for it.
 */

const bound = new WeakSet<object>();

type Callable = (...args: any[]) => unknown;

/** Lets {@link isBoundReference} know what is bound from this reference, or from what is bound from it. */
export function watchBind<T extends Callable>(reference: T): T {
  return Object.defineProperty(reference, 'bind', {
    configurable: true,
    writable: true,
    value(this: Callable, ...args: [unknown, ...unknown[]]) {
      const made = Function.prototype.bind.apply(this, args) as Callable;
      bound.add(made);
      return watchBind(made);
    },
  });
}

/** Whether a value is an imported server function that was bound in the browser. */
export function isBoundReference(value: unknown): boolean {
  return typeof value === 'function' && bound.has(value);
}
