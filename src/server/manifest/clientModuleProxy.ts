import * as flight from 'react-server-dom-webpack/server';

/**
 * Stands for a CommonJS `"use client"` module, whose exports are known by name only when asked for.
 *
 * It is React's own proxy but for `then`: by that one React tells an ES module that is awaited, and an
 * `async` function which returns what it has required would make one of the CommonJS module
 * (`getReference` of ReactFlightWebpackReferences.js).
 *
 * @param moduleId path of the module
 */
export function clientModuleProxy(moduleId: string): unknown {
  const exports = flight.createClientModuleProxy(moduleId) as object;
  return new Proxy(
    {},
    {
      get: (_, name) => (name === 'then' ? undefined : Reflect.get(exports, name)),
      has: (_, name) => name !== 'then' && Reflect.has(exports, name),
      set: (_, name, value) => Reflect.set(exports, name, value),
      ownKeys: () => Reflect.ownKeys(exports),
      getPrototypeOf: () => Reflect.getPrototypeOf(exports),
      getOwnPropertyDescriptor(_, name) {
        if (name === 'then') return undefined;
        const descriptor = Reflect.getOwnPropertyDescriptor(exports, name);
        // A proxy may only report what is fixed in its own target.
        return descriptor && {...descriptor, configurable: true};
      },
    },
  );
}
