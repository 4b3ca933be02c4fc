import type {Compiler} from 'webpack';

type Webpack = Compiler['webpack'];
type ModuleDependency = InstanceType<Webpack['dependencies']['ModuleDependency']>;
type ModuleDependencyClass = new (request: string) => ModuleDependency;

/** One class for each copy of webpack: its serializer may be told only once. */
const classes = new WeakMap<Webpack, ModuleDependencyClass>();

/**
 * The class of a dependency on a `"use client"` module.
 *
 * A dependency of our own, and not a generated `import()`: every export stays usable and keeps its
 * name (`ModuleDependency` references the whole module), the module cannot be melted into another
 * one by concatenation, lazy compilation leaves it alone, and no code is emitted for it.
 */
export function clientModuleDependency(webpack: Webpack): ModuleDependencyClass {
  let ClientModuleDependency = classes.get(webpack);
  if (!ClientModuleDependency) {
    ClientModuleDependency = define(webpack);
    classes.set(webpack, ClientModuleDependency);
  }
  return ClientModuleDependency;
}

function define(webpack: Webpack): ModuleDependencyClass {
  class ClientModuleDependency extends webpack.dependencies.ModuleDependency {
    override get type(): string {
      return 'use client';
    }

    override get category(): string {
      return 'esm';
    }
  }
  // import.meta.url tells two installed copies of this package apart.
  webpack.util.serialization.register(ClientModuleDependency, import.meta.url, '', {
    serialize: (dependency: ModuleDependency, context: never) => dependency.serialize(context),
    deserialize(context: never) {
      const dependency = new ClientModuleDependency('');
      dependency.deserialize(context);
      return dependency;
    },
  });
  return ClientModuleDependency;
}
