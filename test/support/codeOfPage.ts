import {readFileSync} from 'node:fs';
import {fileURLToPath} from 'node:url';

const docs = fileURLToPath(new URL('../../docs/', import.meta.url));

/**
 * The modules that a page of the documentation has its readers write: each is a block of code whose first line is
 * a comment with the path of its file.
 *
 * @param page in docs/: `edge.md`
 * @returns path to text
 */
export function codeOfPage(page: string): Record<string, string> {
  const text = readFileSync(`${docs}${page}`, 'utf8');
  const blocks = text.matchAll(/```jsx?\n\/\/ (\S+)\n([^]*?)```/g);
  return Object.fromEntries([...blocks].map(([, file, code]) => [file!, code!]));
}
