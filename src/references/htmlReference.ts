/*
 * Server functions where HTML is made. React's client runtime makes a reference of what it is given here,
 * with properties that React's HTML renderer calls (`registerBoundServerReference` of
 * ReactFlightReplyClient.js): `$$FORM_ACTION` encodes the fields of a form, `bind` binds arguments, and
 * `$$IS_SIGNATURE_EQUAL` tells `useActionState` whether a form that was posted is the form of this function.
 *
 * React's own `$$IS_SIGNATURE_EQUAL` needs nothing but an id and the number of bound arguments, yet waits for
 * the arguments. Where a component binds them while it renders, each attempt would wait for another promise,
 * and rendering would never end.
 */

type AnyFunction = (...args: any[]) => any;

/**
 * Creates what React has to register as a reference. It can be bound and written into forms, not called.
 *
 * @param id of the server function
 */
export function createHtmlReference(id: string): () => never {
  return withSettledSignature(() => {
    throw new Error(
      `The server function ${id} cannot be called during initial render: the page would wait for a request that it makes to itself. Call it in an event handler, an effect or an action, or let a Server Component read the data and pass it on.`,
    );
  }, id);
}

/**
 * Gives a function an answer to `$$IS_SIGNATURE_EQUAL` that waits for nothing, and the same to everything that
 * is bound from it. All else is as React defines it.
 *
 * @param boundCount how many arguments are bound
 */
function withSettledSignature<T extends AnyFunction>(fn: T, id: string, boundCount = 0): T {
  const bind = (...args: [thisArgument: unknown, ...bound: unknown[]]) => {
    const added = Math.max(args.length - 1, 0);
    return withSettledSignature(Function.prototype.bind.apply(fn, args), id, boundCount + added);
  };
  const isSignatureEqual = (otherId: string, otherCount: number) =>
    otherId === id && otherCount === boundCount;
  Object.defineProperties(fn, {
    // React keeps it as `originalBind`, and its own `bind` calls it to make the bound function.
    bind: {value: bind, configurable: true},
    $$IS_SIGNATURE_EQUAL: {value: isSignatureEqual, configurable: true},
  });
  return new Proxy(fn, {
    defineProperty: (target, key, descriptor) =>
      key === '$$IS_SIGNATURE_EQUAL' || Reflect.defineProperty(target, key, descriptor),
  });
}
