import type {UnusedNames} from '../unusedNames.ts';

/** Names imported from the runtime, under names that nothing in the module has. */
export class RuntimeImports {
  readonly #specifier: string;
  readonly #unused: UnusedNames;
  readonly #names = new Map<string, string>();

  constructor(specifier: string, unused: UnusedNames) {
    this.#specifier = specifier;
    this.#unused = unused;
  }

  /** The local name of a function of the runtime, which gets imported by being asked for. */
  use(name: string): string {
    const known = this.#names.get(name);
    if (known !== undefined) return known;
    const local = this.#unused.take(`$$${name}`);
    this.#names.set(name, local);
    return local;
  }

  /** The import statement, on one line so that the lines of the source stay where they are. */
  statement(isModule: boolean): string {
    if (this.#names.size === 0) return '';
    const specifier = JSON.stringify(this.#specifier);
    const names = [...this.#names];
    return isModule
      ? `import {${names.map(([name, local]) => `${name} as ${local}`).join(', ')}} from ${specifier};`
      : `const {${names.map(([name, local]) => `${name}: ${local}`).join(', ')}} = require(${specifier});`;
  }
}
