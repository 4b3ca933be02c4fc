/** What tsx puts around a CommonJS module, on a line of its own before and after it. */
const BEFORE = /^__filename="(?:[^"\\]|\\.)*";\(\(\)=>\{[^\n]*\n/;
const AFTER = /\n\}\)\(\)\s*$/;

/**
 * tsx runs CommonJS inside of an arrow function, where the directive of the module would be one of
 * that function:
 *
 *     __filename="/app/actions.ts";(()=>{
 *     "use server";...
 *     })()
 *
 * @returns the module itself, each character at its line and column, and what puts the wrapper back
 */
export function unwrapTsx(text: string): {body: string; rewrap: (code: string) => string} {
  const before = BEFORE.exec(text)?.[0];
  const after = AFTER.exec(text)?.[0];
  if (before === undefined || after === undefined) return {body: text, rewrap: (code) => code};
  return {
    body: `\n${text.slice(before.length, text.length - after.length)}`,
    // The first line of the module is empty, so nothing that the source map speaks of moves.
    rewrap: (code) => `${before.trimEnd()}${code}${after.trimEnd()}`,
  };
}
