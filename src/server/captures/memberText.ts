/** `.name`, `["a b"]`, `[0]` or `[Symbol.for("name")]` */
export function memberText(key: string | symbol): string {
  if (typeof key === 'symbol') {
    const shared = Symbol.keyFor(key);
    // The description of `Symbol.iterator` is its name.
    return `[${shared === undefined ? key.description : `Symbol.for(${JSON.stringify(shared)})`}]`;
  }
  if (/^(?:0|[1-9]\d*)$/.test(key)) return `[${key}]`;
  return /^[\p{ID_Start}$_][\p{ID_Continue}$]*$/u.test(key)
    ? `.${key}`
    : `[${JSON.stringify(key)}]`;
}
