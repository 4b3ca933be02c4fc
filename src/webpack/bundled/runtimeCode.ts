import type {Chunk, Compilation} from 'webpack';

/**
 * Adds code to every runtime of a bundle, which runs before any module.
 *
 * @param name how webpack calls it
 * @param generate is called when modules and chunks have their ids
 * @param requirements what of webpack's own runtime the code uses
 */
export function addRuntimeCode(
  compilation: Compilation,
  name: string,
  generate: () => string,
  requirements: readonly string[],
): void {
  const {RuntimeModule} = compilation.compiler.webpack;
  class Code extends RuntimeModule {
    constructor() {
      super(name);
    }

    override generate(): string {
      return generate();
    }
  }
  compilation.hooks.additionalTreeRuntimeRequirements.tap(
    'UseServerWebpackPlugin',
    (chunk: Chunk, required) => {
      for (const requirement of requirements) required.add(requirement);
      compilation.addRuntimeModule(chunk, new Code());
    },
  );
}
