import type {DetailPart} from './details.ts';

/** Shows the parts of a call. Those that have not changed stay, with all that is open in them. */
export class KeptParts {
  readonly #element: Element;
  readonly #parts = new Map<string, {text: string; node: Node}>();
  #key: string | undefined;

  /** @param element whose children the parts are */
  constructor(element: Element) {
    this.#element = element;
  }

  /** @param key of the call; the parts of another one are not kept */
  show(key: string | undefined, parts: readonly DetailPart[]): void {
    if (this.#key !== key) this.#parts.clear();
    this.#key = key;
    const nodes = parts.map((part) => this.#nodeOf(part)).filter((node) => node !== undefined);
    const {children} = this.#element;
    const isSame =
      nodes.length === children.length && nodes.every((node, index) => children[index] === node);
    if (!isSame) this.#element.replaceChildren(...nodes);
  }

  #nodeOf({name, of, make}: DetailPart): Node | undefined {
    const text = JSON.stringify(of) ?? '';
    const known = this.#parts.get(name);
    if (known?.text === text) return known.node;
    const node = make() || undefined;
    if (node) this.#parts.set(name, {text, node});
    return node;
  }
}
