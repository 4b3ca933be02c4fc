/** Gives names, all starting with `$$`, that nothing in a module has. */
export class UnusedNames {
  readonly #used: Set<string>;

  /** @param text the text of the module: every word of it counts as a name in use */
  constructor(text: string) {
    const names = text.includes('\\') ? text + withoutEscapes(text) : text;
    this.#used = new Set(names.match(/\$\$[\p{ID_Continue}$]*/gu));
  }

  /** `base`, or `base` with a number where it is in use. */
  take(base: string): string {
    let name = base;
    for (let i = 2; this.#used.has(name); i++) name = `${base}_${i}`;
    this.#used.add(name);
    return name;
  }
}

/** `\u0024save` and `\u{24}save` are other ways to write the name `$save`. */
function withoutEscapes(text: string): string {
  const escapes = /\\(?:u\{([\da-f]+)\}|u([\da-f]{4})|x([\da-f]{2}))/gi;
  return text.replace(escapes, (escape, ...digits: (string | undefined)[]) => {
    const code = Number.parseInt(digits.slice(0, 3).join(''), 16);
    return code <= 0x10ffff ? String.fromCodePoint(code) : escape;
  });
}
