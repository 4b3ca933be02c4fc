/**
 * Names of a function's parameters, as far as they are plain names. React has references give another
 * text, so the text is that of the function itself.
 *
 * Before: `async function sign(name, {age}, options = {}) {}`
 * After: `['name', undefined, 'options']`
 */
export function parameterNames(serverFunction: (...args: never[]) => unknown): string[] {
  const text = Function.prototype.toString.call(serverFunction);
  const list = /^(?:async\b\s*)?(?:function\b\s*\*?\s*[\w$]*|[\w$]+)?\s*\(([^()]*)\)/.exec(
    text,
  )?.[1];
  if (list === undefined || /[{[/]/.test(list)) return [];
  return list.split(',').flatMap((part) => /^\s*([\w$]+)\s*(?:=|$)/.exec(part)?.[1] ?? []);
}
