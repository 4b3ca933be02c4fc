import type {Part} from './exchange.ts';
import {readable} from './value.ts';

/** The body of a call, or of a form that the browser posts by itself. */
export function partsOfForm(form: FormData): Part[] {
  const parts = [...form].map(([name, value]) => ({
    // React's encoding of the arguments begins in the part "0", which may come last.
    name: name === '0' ? 'arguments' : name,
    note: noteOf(name),
    value: typeof value === 'string' ? readable(value) : {text: describe(value), legend: []},
  }));
  return parts.sort((a, b) => Number(b.name === 'arguments') - Number(a.name === 'arguments'));
}

function noteOf(name: string): string {
  if (name === '0') return 'what the function is called with';
  if (/^\d+$/.test(name)) return 'a part of that';
  if (/^(_\d+_)?\$ACTION_/.test(name)) return "React's: which function the form calls";
  const form = /^_(\d+)_/.exec(name);
  return form ? `a field of $K${form[1]}` : 'a field';
}

function describe({name, size, type}: File): string {
  return `${name || 'no file'}, ${size.toLocaleString('en')} bytes${type && `, ${type}`}`;
}
