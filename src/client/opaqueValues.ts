/** A value that the server gets as a placeholder. */
export interface OpaqueValue {
  /** Where it is: `argument 1, .items[3].price`. */
  path: string;
  /** The value; `undefined` where React does not keep it, as in streams. */
  value: unknown;
}

/** How React's `encodeReply` writes a value that cannot be sent. Texts that look like it get a second `$`. */
const PLACEHOLDER = '$T';

/**
 * What of the arguments cannot be sent, going by what React has made of them: so this knows no more than
 * React which values those are. (`processReply` in react-server-dom-webpack-client.browser.)
 *
 * @param body what React's `encodeReply` gave
 * @param kept the values that it keeps on this side, by where they are
 */
export function findOpaqueValues(
  body: BodyInit,
  kept: ReadonlyMap<string, unknown>,
): OpaqueValue[] {
  const rows = rowsOf(body);
  if (!rows.some(([, text]) => text.includes(`"${PLACEHOLDER}"`))) return [];
  const found: OpaqueValue[] = [];
  const seen = new Set<string>();
  readRow('0', '', '$0');
  return found;

  function readRow(name: string, path: string, key: string): void {
    // A cycle, or a function that is passed twice.
    if (seen.has(name)) return;
    seen.add(name);
    for (const [rowName, text] of rows) {
      if (rowName === name) readValue(parse(text), path, key);
    }
  }

  function readValue(value: unknown, path: string, key: string): void {
    if (value === PLACEHOLDER) {
      found.push({path: readablePath(path), value: kept.get(key)});
    } else if (typeof value === 'string') {
      const row = referredRow(value);
      if (row) readRow(row.name, path + row.suffix, row.key);
    } else if (Array.isArray(value)) {
      value.forEach((item, index) => readValue(item, `${path}[${index}]`, `${key}:${index}`));
    } else if (typeof value === 'object' && value !== null) {
      for (const [name, item] of Object.entries(value)) {
        readValue(item, path + memberPath(name), `${key}:${name}`);
      }
    }
  }
}

type Row = [name: string, text: string];

/** The rows that are text: values, and the pieces of streams. The app's own fields begin with `_`. */
function rowsOf(body: BodyInit): Row[] {
  if (typeof body === 'string') return [['0', body]];
  if (!(body instanceof FormData)) return [];
  return [...body].filter((entry): entry is Row => {
    return typeof entry[1] === 'string' && !entry[0].startsWith('_');
  });
}

/** A piece of a stream is `C`, and perhaps a value, at its end. */
function parse(text: string): unknown {
  const json = text.startsWith('C') ? text.slice(1) : text;
  return json === '' ? undefined : JSON.parse(json);
}

/** What a row of its own is, by the tag that refers to it. Others hold bytes, or are a part of a row. */
const SUFFIXES = new Map([
  ['', ''],
  ['@', ''],
  ['Q', ' (entries of a Map)'],
  ['W', ' (values of a Set)'],
  ['i', ' (values of an iterator)'],
  ['h', ' (a server function)'],
  ['R', ' (a piece of a stream)'],
  ['X', ' (a piece of an iterable)'],
  ['x', ' (a piece of an iterable)'],
]);

function referredRow(text: string): {name: string; key: string; suffix: string} | undefined {
  const [, tag = '', id] = /^\$([@QWihRXx]?)([0-9a-f]+)$/.exec(text) ?? [];
  if (id === undefined) return undefined;
  const name = `${'RXx'.includes(tag) && tag !== '' ? 'S' : ''}${Number.parseInt(id, 16)}`;
  return {name, key: `$${id}`, suffix: SUFFIXES.get(tag)!};
}

function memberPath(name: string): string {
  return /^[\p{ID_Start}$_][\p{ID_Continue}$]*$/u.test(name)
    ? `.${name}`
    : `[${JSON.stringify(name)}]`;
}

/** `[0].price` -> `argument 1, .price` */
function readablePath(path: string): string {
  return path.replace(/^\[(\d+)\](?=(.?))/, (_, index: string, next: string) => {
    return `argument ${Number(index) + 1}${next === '' || next === ' ' ? '' : ', '}`;
  });
}
