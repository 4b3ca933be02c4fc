import {readdirSync, readFileSync, statSync} from 'node:fs';
import {extname, join} from 'node:path';
import {fileURLToPath} from 'node:url';
import {transformSync} from 'esbuild';

/**
 * A module of a corpus: `source` is what the author wrote, `compiled` the same as plain JavaScript, for
 * contenders whose bundler compiles TypeScript and JSX before they run.
 *
 * @typedef {{filename: string, source: string, compiled: string}} Module
 */

/**
 * Shapes of 100 to 1,000 bytes that applications have: modules of one action, forms with an inline
 * action, `bind`, re-exports, client modules, and a few that only speak of directives. In such a module
 * what every call costs counts for more than its length.
 *
 * @param {number} copies how often the corpus holds each module; one pass is too short to be timed
 * @returns {Module[]}
 */
export function smallCorpus(copies) {
  const folder = fileURLToPath(new URL('fixtures/small-modules', import.meta.url));
  const modules = readdirSync(folder, {recursive: true, withFileTypes: true})
    .filter((entry) => entry.isFile())
    .map(({parentPath, name}) => join(parentPath, name))
    .sort()
    .map((path) => smallModule(path, readFileSync(path, 'utf8')));
  return Array.from({length: copies}, () => modules).flat();
}

function smallModule(path, source) {
  const loader = /\.[mc]?ts$/.test(path) ? 'ts' : extname(path) === '.tsx' ? 'tsx' : 'jsx';
  const {code} = transformSync(source, {loader, jsx: 'automatic'});
  return {filename: path, source, compiled: code};
}

/**
 * A generated application: modules of about 140 lines with two inline server functions each, and
 * modules of the same kind without a directive. Plain JavaScript, so that every contender can read it.
 *
 * @returns {Module[]}
 */
export function generatedCorpus(count, {withDirective}) {
  return Array.from({length: count}, (_, i) => {
    const {code} = transformSync(page(i, withDirective), {loader: 'jsx', jsx: 'automatic'});
    return plainModule(`/app/src/pages/page-${i}.js`, code);
  });
}

/**
 * Every published source of a package that is plain ESM or CommonJS and not minified.
 *
 * @returns {Module[]}
 */
export function publishedCorpus(folder, limit) {
  const files = [];
  const visit = (directory) => {
    for (const name of readdirSync(directory).sort()) {
      const path = join(directory, name);
      if (statSync(path).isDirectory()) visit(path);
      else if (/\.m?js$/.test(name) && files.length < limit) files.push(path);
    }
  };
  visit(folder);
  return files.map((filename) => plainModule(filename, readFileSync(filename, 'utf8')));
}

function plainModule(filename, source) {
  return {filename, source, compiled: source};
}

function page(i, withDirective) {
  const directive = withDirective ? `'use server';` : '';
  const views = Array.from({length: 9}, (_, k) => view(k)).join('\n');
  const sections = Array.from(
    {length: 9},
    (_, k) => `<section>
        <h2>Section ${k}</h2>
        <ul>{view${k}}</ul>
      </section>`,
  ).join('\n      ');
  return `import {db} from '../db';
import {Row, Header, Footer} from '../components';

export default async function Page${i}({params, searchParams}) {
  const note = await db.notes.find(Number(params.id));
  const sorted = note.tags.toSorted((a, b) => a.localeCompare(b));
  async function save(data) {
    ${directive}
    const title = String(data.get('title') ?? note.title);
    if (title.length > 200) throw new Error('too long');
    await db.notes.update(note.id, {title, tags: sorted});
  }
${views}
  return (
    <main>
      <Header title={note.title} />
      <form action={save}>
        <input name="title" defaultValue={note.title} />
      </form>
      <form
        action={async () => {
          ${directive}
          await db.notes.remove(note.id);
        }}
      >
        <button>Delete</button>
      </form>
      ${sections}
      <Footer />
    </main>
  );
}
`;
}

function view(k) {
  return `  const view${k} = sorted.map((tag, index) => {
    const label = \`\${tag}-\${index}-\${searchParams['q${k}'] ?? ''}\`;
    if (index % 2 === 0 && label.length > ${k}) {
      return <Row key={tag} label={label} selected={searchParams.tag === tag} />;
    }
    return (
      <li className="row" data-index={index} key={label}>
        {label.toUpperCase()}
      </li>
    );
  });`;
}
