type Child = Node | string | undefined | false;

/** An element with attributes and children; `false` and `undefined` are left out. */
export function h<Name extends keyof HTMLElementTagNameMap>(
  name: Name,
  attributes: Record<string, string | true | undefined | ((event: Event) => void)> = {},
  ...children: (Child | readonly Child[])[]
): HTMLElementTagNameMap[Name] {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (value === undefined) continue;
    if (typeof value === 'function') element.addEventListener(key.slice(2), value);
    else element.setAttribute(key, value === true ? '' : value);
  }
  for (const child of children.flat()) if (child) element.append(child);
  return element;
}

/** The element of the page that has this id. */
export function byId(id: string): HTMLElement {
  return document.getElementById(id)!;
}
