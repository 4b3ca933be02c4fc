/**
 * A text that is the same for equal arguments and for no others.
 *
 * @throws TypeError for what is not plain data
 */
export function cacheKey(value: unknown): string {
  switch (typeof value) {
    case 'string':
      return JSON.stringify(value);
    case 'number':
      return Object.is(value, -0) ? '-0' : String(value);
    case 'bigint':
      return `${value}n`;
    case 'boolean':
    case 'undefined':
      return String(value);
    case 'object':
      return objectKey(value);
    default:
      throw notPlain(typeof value);
  }
}

function objectKey(value: object | null): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return `[${Array.from(value, cacheKey).join()}]`;
  if (value instanceof Date) return `D${value.getTime()}`;
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype !== Object.prototype && prototype !== null) throw notPlain('class instance');
  const members = Object.entries(value).sort(byName);
  return `{${members.map(([name, member]) => `${JSON.stringify(name)}:${cacheKey(member)}`).join()}}`;
}

function byName([a]: [string, unknown], [b]: [string, unknown]): number {
  return a < b ? -1 : 1;
}

function notPlain(type: string): TypeError {
  return new TypeError(
    `A cached function was called with a ${type}. Its arguments must be plain data: text, numbers, dates, arrays and objects of them.`,
  );
}
