import {readdirSync, readFileSync, statSync} from 'node:fs';
import {join} from 'node:path';
import {transformSync} from 'esbuild';

/**
 * A generated application: modules of about 140 lines with two inline server functions each, and
 * modules of the same kind without a directive. Plain JavaScript, so that every contender can read it.
 */
export function generatedCorpus(count, {withDirective}) {
  return Array.from({length: count}, (_, i) => {
    const {code} = transformSync(page(i, withDirective), {loader: 'jsx', jsx: 'automatic'});
    return {filename: `/app/src/pages/page-${i}.js`, source: code};
  });
}

/** Every published source of a package that is plain ESM or CommonJS and not minified. */
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
  return files.map((filename) => ({filename, source: readFileSync(filename, 'utf8')}));
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
