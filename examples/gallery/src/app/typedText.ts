// What was typed into the fields of the page, for when they have to go: an error boundary takes its
// content away, and so does a reload.

/** Texts of fields by their name; there may be several of one. */
export type Typed = Record<string, string[]>;

const STORED = 'typed';

export function readTyped(): Typed {
  const typed: Typed = {};
  for (const {name, value} of fields()) (typed[name] ??= []).push(value);
  return typed;
}

export function writeTyped(typed: Typed): void {
  const left = structuredClone(typed);
  for (const field of fields()) {
    const value = left[field.name]?.shift();
    if (value === undefined || value === field.value) continue;
    // Past React, which then hears of it as if it was typed: so fields with state get it too.
    Object.getOwnPropertyDescriptor(Object.getPrototypeOf(field), 'value')!.set!.call(field, value);
    field.dispatchEvent(new Event('input', {bubbles: true}));
    field.dispatchEvent(new Event('change', {bubbles: true}));
  }
}

/** Loads the page again, with the same texts in its fields. */
export function reloadWithTyped(): void {
  sessionStorage.setItem(STORED, JSON.stringify({path: location.pathname, typed: readTyped()}));
  location.reload();
}

/** On the page that {@link reloadWithTyped} has loaded. */
export function restoreTyped(): void {
  const stored = sessionStorage.getItem(STORED);
  if (!stored) return;
  sessionStorage.removeItem(STORED);
  const {path, typed} = JSON.parse(stored) as {path: string; typed: Typed};
  if (path === location.pathname) writeTyped(typed);
}

/** Not passwords, and not files, which no script can put into a field. */
const fields = () =>
  document.querySelectorAll<HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement>(
    'input:not([type=password], [type=file], [type=hidden], [type=radio], [type=checkbox]), textarea, select',
  );
