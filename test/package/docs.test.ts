import {existsSync, readdirSync, readFileSync} from 'node:fs';
import {dirname, join, resolve} from 'node:path';
import {fileURLToPath} from 'node:url';
import {globSync} from 'tinyglobby';

const repository = fileURLToPath(new URL('../../', import.meta.url));

const read = (file: string) => readFileSync(join(repository, file), 'utf8');
const withoutCode = (text: string) => text.replaceAll(/^ *```[^]*?^ *```/gm, '');

/** Pages that people read. */
const pages = globSync(['*.md', 'docs/*.md', 'examples/*/README.md', 'bench/*/README.md'], {
  cwd: repository,
});

/** Names of the headings of a page in its links, as GitHub makes them. Of a folder it shows the README. */
function anchorsOf(file: string): Set<string> {
  const page = file.endsWith('.md') ? file : join(file, 'README.md');
  const headings = withoutCode(read(page)).matchAll(/^#+ (.+)$/gm);
  const names = [...headings].map(([, heading]) =>
    heading!
      .replaceAll(/\[([^\]]*)\]\([^)]*\)/g, '$1')
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N}\- _]/gu, '')
      .replaceAll(' ', '-'),
  );
  return new Set(names.map((name, i) => numbered(name, names.slice(0, i))));
}

function numbered(name: string, before: readonly string[]): string {
  const count = before.filter((other) => other === name).length;
  return count === 0 ? name : `${name}-${count}`;
}

function brokenLinks(page: string): string[] {
  const links = withoutCode(read(page)).matchAll(/\]\(([^)\s]+)\)/g);
  return [...links]
    .map(([, target]) => target!)
    .filter((target) => !/^[a-z]+:/.test(target))
    .filter((target) => {
      const [path, anchor] = target.split('#') as [string, string | undefined];
      const file = path === '' ? page : join(dirname(page), path);
      if (!existsSync(join(repository, file))) return true;
      return anchor !== undefined && !anchorsOf(file).has(anchor);
    });
}

test.each(pages)(
  'every link of %s leads to a file that is there, and to a heading of it',
  (page) => {
    expect(brokenLinks(page)).toEqual([]);
  },
);

test('the README lists every page of docs/', () => {
  const readme = read('README.md');
  const missing = readdirSync(join(repository, 'docs'))
    .filter((file) => file.endsWith('.md'))
    .filter((file) => !readme.includes(`(docs/${file})`));
  expect(missing).toEqual([]);
});

describe('docs/troubleshooting.md', () => {
  const page = withoutCode(read('docs/troubleshooting.md'));
  /** As people see it: parts of a message may stand in several strings, and quotes may be escaped. */
  const plain = (text: string) => text.replaceAll(/\s+/g, ' ').replaceAll('\\', '');
  const sources = [
    ...globSync('src/**/*.ts', {cwd: repository}),
    'node_modules/react-server-dom-webpack/cjs/react-server-dom-webpack-client.browser.development.js',
  ];
  const code = plain(sources.map((file) => readFileSync(resolve(repository, file), 'utf8')).join());

  const headings = [...page.matchAll(/^### `(.+)`$/gm)].map(([, text]) => text!);
  const quotes = [...page.matchAll(/"([^"]+)"/g)]
    .flatMap(([, text]) => text!.split('…'))
    .filter((text) => text.trim().split(/\s+/).length > 3);

  test('quotes messages, as many as it has headings and more', () => {
    expect(headings.length).toBeGreaterThan(10);
    expect(quotes.length).toBeGreaterThan(5);
  });

  test.each([...headings, ...quotes])('quotes a message that exists: %s', (text) => {
    expect(code).toContain(plain(text).trim());
  });

  test('has every code of a refusal', () => {
    const protocol = read('src/references/protocol.ts');
    const type = protocol.slice(
      protocol.indexOf('type RefusalCode'),
      protocol.indexOf(';\n\n/** Every value'),
    );
    const codes = [...type.matchAll(/'([a-z-]+)'/g)].map(([, name]) => name!);
    expect(codes.length).toBeGreaterThan(10);
    expect(codes.filter((name) => !page.includes(`\`${name}\``))).toEqual([]);
  });
});
