// Values on the wire as text. React's format is React's own: this names what it knows, and shows the rest as it is.
import type {Value} from './exchange.ts';

const LONGEST = 400;
const LINE = 52;
const LONGEST_LEGEND = 5;

const MEANINGS: [RegExp, string][] = [
  [/^\$K[0-9a-f]+$/, 'a form'],
  [/^\$[hF][0-9a-f]+/, 'reference to a server function'],
  [/^\$@[0-9a-f]*$/, 'a promise'],
  [/^\$T/, 'stays in the browser, this stands for it'],
  [/^\$B[0-9a-f]+$/, 'a file'],
  [/^\$Q[0-9a-f]+$/, 'a Map'],
  [/^\$W[0-9a-f]+$/, 'a Set'],
  [/^\$D/, 'a date'],
  [/^\$n-?\d+$/, 'a BigInt'],
  [/^\$undefined$/, 'no value'],
  [/^\$[rR][0-9a-f]+$/, 'a stream'],
  [/^\$[xX][0-9a-f]+$/, 'an async iterable'],
  [/^\$L[0-9a-f]+$/, 'a component, or what comes later'],
  [/^\$Z/, 'an error'],
  [/^\$$/, 'an element: type, key, props'],
  [/^\$[0-9a-f]+(:|$)/, 'stands in another row'],
];

/** A token of sealed captures: base64url that begins with the version of its format, a byte 3. */
const SEALED = /^A[w-z0-9_-][\w-]{58,}$/;

/** @param text JSON, or anything else */
export function readable(text: string): Value {
  try {
    JSON.parse(text);
  } catch {
    return SEALED.test(text) ? sealed(text) : {text: shorten(text), legend: []};
  }
  const legend = new Map<string, string>();
  const named = JSON.parse(text, (_, value: unknown) =>
    typeof value === 'string' ? nameSigns(value, legend) : value,
  ) as unknown;
  return {text: shorten(print(named)), legend: [...legend].slice(0, LONGEST_LEGEND)};
}

/** JSON in as few lines as are good to read. */
function print(value: unknown, indent = ''): string {
  const line = JSON.stringify(value);
  if (typeof value !== 'object' || value === null || indent.length + line.length <= LINE)
    return line;
  const inner = `${indent}  `;
  const [open, close] = Array.isArray(value) ? '[]' : '{}';
  const parts = Object.entries(value).map(([name, part]) => {
    const label = Array.isArray(value) ? '' : `${JSON.stringify(name)}: `;
    return inner + label + print(part, inner);
  });
  return `${open}\n${parts.join(',\n')}\n${indent}${close}`;
}

/** Every sign in a text that stands for something else, as it was sent. */
export function signsIn(text: string): string[] {
  return [...text.matchAll(/"(\$[@LhFKQWBrRxX]?[0-9a-f]+)[":]/g)].map(([, sign]) => sign!);
}

function nameSigns(text: string, legend: Map<string, string>): string {
  if (SEALED.test(text)) {
    const {text: shown, legend: meanings} = sealed(text);
    for (const [sign, meaning] of meanings) legend.set(sign, meaning);
    return shown;
  }
  const meaning = MEANINGS.find(([sign]) => sign.test(text))?.[1];
  if (meaning) legend.set(text.slice(0, 12), meaning);
  return text;
}

function sealed(token: string): Value {
  const text = `sealed: ${token.length} characters`;
  return {text, legend: [[text, 'captures, encrypted by the server for itself']]};
}

function shorten(text: string): string {
  if (text.length <= LONGEST) return text;
  return `${text.slice(0, LONGEST)} … and ${(text.length - LONGEST).toLocaleString('en')} more characters`;
}
