/**
 * Whether one of the texts in a value of JSON is what is looked for. Its loops are plain, as a megabyte
 * may hold half a million values.
 *
 * @param is asked of each text that begins with `$`
 */
export function someText(value: unknown, is: (text: string) => boolean): boolean {
  if (typeof value === 'string') return value[0] === '$' && is(value);
  if (typeof value !== 'object' || value === null) return false;
  if (Array.isArray(value)) {
    for (const item of value) if (someText(item, is)) return true;
    return false;
  }
  const members = value as Record<string, unknown>;
  for (const key of Object.keys(members)) if (someText(members[key], is)) return true;
  return false;
}
