/** Modules of Node that are used where the runtime has them. */
interface BuiltinModules {
  'node:async_hooks': typeof import('node:async_hooks');
  'node:crypto': typeof import('node:crypto');
  'node:fs': typeof import('node:fs');
  'node:module': typeof import('node:module');
  'node:os': typeof import('node:os');
  'node:path': typeof import('node:path');
  'node:url': typeof import('node:url');
  'node:util': typeof import('node:util');
}

/**
 * A module that is built into the runtime, or `undefined` where only web APIs exist. An `import` of it
 * would keep this package from loading there (https://nodejs.org/api/process.html#processgetbuiltinmoduleid).
 */
export function builtinModule<Name extends keyof BuiltinModules>(
  name: Name,
): BuiltinModules[Name] | undefined {
  return globalThis.process?.getBuiltinModule?.(name);
}
