/** A local value that the server function uses. */
export interface Used {
  name: string;
  /** Names from the server function to what uses it. */
  chain: readonly string[];
}

/**
 * Says that a value cannot be used on the other side, and what to do.
 *
 * @param serverFunction its name
 * @param what the value is, with an article
 */
export function unserializable(used: Used, serverFunction: string, what: string): string {
  return `"${used.name}"${via(used)} is ${what}, so it can be neither sent with the server function "${serverFunction}" nor rebuilt for it. Move it to the top level of the module.`;
}

/** Names what stands between the server function and a value that it does not use itself. */
export function via({chain}: Used): string {
  return chain.length > 1 ? ` (used by way of ${chain.join(' → ')})` : '';
}
