import type {Snapshot} from '../record.ts';
import {h} from './dom.ts';

/** A list of named values, each of which opens. */
export function valueTree(values: readonly (readonly [name: string, value: Snapshot])[]): Node {
  return h(
    'ul',
    {class: 'tree'},
    values.map(([name, value]) => h('li', {}, valueNode(name, value, true))),
  );
}

function valueNode(name: string, value: Snapshot, isOpen: boolean): Node {
  const {entries = [], more} = value;
  const label = name === '' ? undefined : h('span', {class: 'key'}, `${name}: `);
  if (entries.length === 0 && (value.kind === 'string' || more === undefined)) {
    return h('span', {}, label, leaf(value), restOf(value));
  }
  return h(
    'details',
    isOpen ? {open: true} : {},
    h('summary', {}, label, h('span', {class: `v-${value.kind}`}, preview(value, 60))),
    h(
      'ul',
      {},
      entries.map(([key, one]) => h('li', {}, valueNode(key, one, false))),
      more !== undefined && h('li', {class: 'more'}, `${more} more, not recorded`),
    ),
  );
}

function leaf(value: Snapshot): Node {
  return h('span', {class: `v-${value.kind}`}, valueText(value));
}

function restOf({kind, more}: Snapshot): Node | undefined {
  if (kind !== 'string' || more === undefined) return undefined;
  return h('span', {class: 'more'}, ` ${more} more characters, not recorded`);
}

/** The beginning of a value on one line. */
function preview(value: Snapshot, room: number): string {
  const text = valueText(value).replaceAll(/\s+/g, ' ');
  return text.length > room ? `${text.slice(0, room)}…` : text;
}

/** A value as one would write it, as far as it was recorded. */
export function valueText({kind, text, entries, more}: Snapshot): string {
  if (kind === 'string') return JSON.stringify(text) + (more === undefined ? '' : '…');
  if (!entries) return more === undefined ? text : `${text} {…}`;
  const rest = more === undefined ? [] : ['…'];
  if (kind === 'array') {
    const items = [...entries.map(([, one]) => valueText(one)), ...rest].join(', ');
    return text.startsWith('Array') ? `[${items}]` : `${text} [${items}]`;
  }
  const members = entries.map(([key, one]) => `${memberName(key)}: ${valueText(one)}`);
  const list = [...members, ...rest].join(', ');
  return text === 'Object' ? `{${list}}` : `${text} {${list}}`;
}

function memberName(key: string): string {
  return /^[\w$]+$/.test(key) || key.startsWith('"') ? key : JSON.stringify(key);
}
