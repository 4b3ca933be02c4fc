// The code beside a demo: read from the very files that run.
import {readdirSync, readFileSync} from 'node:fs';
import {join} from 'node:path';
import {highlight} from 'sugar-high';

interface CodeFile {
  name: string;
  kind: string;
  html: string;
}

const folder = join('src', 'patterns');
const cache = new Map<string, CodeFile[]>();

export function Code({slug}: {slug: string}) {
  return (
    <section className="code" aria-labelledby="code-title">
      <h2 id="code-title">Code</h2>
      {readFiles(slug).map(({name, kind, html}) => (
        <figure key={name}>
          <figcaption>
            <span className="file">{name}</span> <span className="kind">{kind}</span>
          </figcaption>
          {/* In reach of the keyboard, because it scrolls. */}
          <pre tabIndex={0} role="region" aria-label={`Code of ${name}`}>
            <code dangerouslySetInnerHTML={{__html: html}} />
          </pre>
        </figure>
      ))}
    </section>
  );
}

function readFiles(slug: string): CodeFile[] {
  let files = cache.get(slug);
  if (!files) {
    files = readdirSync(join(folder, slug))
      .sort(pageFirst)
      .map((name) => readFile(slug, name));
    cache.set(slug, files);
  }
  return files;
}

function readFile(slug: string, name: string): CodeFile {
  const text = readFileSync(join(folder, slug, name), 'utf8').trimEnd();
  return {name, kind: kindOf(text, name), html: highlight(text, {lang: 'typescript'})};
}

function kindOf(text: string, name: string): string {
  if (text.startsWith("'use client'")) return 'client component';
  if (text.startsWith("'use server'")) return 'server functions';
  return name === 'Page.tsx' ? 'Server Component' : 'server only';
}

function pageFirst(a: string, b: string): number {
  return Number(b === 'Page.tsx') - Number(a === 'Page.tsx') || a.localeCompare(b);
}
