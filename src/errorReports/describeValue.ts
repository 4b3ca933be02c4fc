import {inspect, types} from 'node:util';
import {plainText} from './plainText.ts';

/** Longer descriptions are cut. */
const MAX_LENGTH = 600;

/** Texts under such names are not shown: terminals are looked at by others, and copied into bug reports. */
const SECRET =
  /((?:^|[\s{,])['"]?[\w$-]*(?:passw|passphrase|secret|token|api_?key)[\w$-]*['"]?(?::| =>) )(?:'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*"|`(?:[^`\\]|\\.)*`)/gi;

/** A decoded value, as Node's console shows it. Never throws. */
export function describeValue(value: unknown): string {
  try {
    const text = value instanceof FormData ? describeForm(value) : describe(value);
    const masked = plainText(text.replaceAll(SECRET, '$1•••'));
    return masked.length > MAX_LENGTH ? `${masked.slice(0, MAX_LENGTH)}…` : masked;
  } catch {
    return '(cannot be shown)';
  }
}

function describeForm(form: FormData): string {
  const fields = [...form].map(([name, value]) => `${name}: ${describeField(value)}`);
  return fields.length === 0 ? 'FormData {}' : `FormData { ${fields.join(', ')} }`;
}

function describeField(value: FormDataEntryValue): string {
  if (typeof value === 'string') return describe(value);
  return `File(${JSON.stringify(value.name)}, ${value.size} bytes)`;
}

const PLACEHOLDER = Symbol.for('react.temporary.reference');

function describe(value: unknown): string {
  if (types.isProxy(value) && Reflect.get(value as object, '$$typeof') === PLACEHOLDER) {
    return '(a placeholder for what could not be sent)';
  }
  return inspect(value, {depth: 3, maxArrayLength: 10, maxStringLength: 200, breakLength: 90});
}
