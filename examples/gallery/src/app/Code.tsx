// The code beside a demo: read from the very files that run, and what the compiler makes of them.
import {readdirSync, readFileSync} from 'node:fs';
import {basename, join} from 'node:path';
import {highlight} from 'sugar-high';
import {compile} from './compiled.ts';

interface CodeFile {
  name: string;
  kind: string;
  views: View[];
}

interface View {
  name: 'source' | 'server' | 'browser';
  label: string;
  /** Coloured code, or a sentence in its place. */
  html?: string;
  sentence?: string;
}

const folder = join('src', 'patterns');
const formGuard = join('src', 'app', 'FormGuard.tsx');
const cache = new Map<string, Promise<CodeFile[]>>();

export async function Code({slug}: {slug: string}) {
  return (
    <section className="code" aria-labelledby="code-title">
      <h2 id="code-title">Code</h2>
      {(await cachedFiles(slug)).map((file) => (
        <File key={file.name} {...file} />
      ))}
    </section>
  );
}

function File({name, kind, views}: CodeFile) {
  return (
    <figure>
      <figcaption>
        <span className="file">{name}</span> <span className="kind">{kind}</span>
        {views.length > 1 && <ViewSwitch file={name} views={views} />}
      </figcaption>
      {views.map((view) => (
        <div key={view.name} className="view" data-view={view.name}>
          {view.sentence ? (
            <p className="hint">{view.sentence}</p>
          ) : (
            // In reach of the keyboard, because it scrolls.
            <pre tabIndex={0} role="region" aria-label={`Code of ${name}, ${view.label}`}>
              <code dangerouslySetInnerHTML={{__html: view.html!}} />
            </pre>
          )}
        </div>
      ))}
    </figure>
  );
}

/** The stylesheet shows the view that is chosen: no JavaScript is needed. */
function ViewSwitch({file, views}: {file: string; views: View[]}) {
  return (
    <fieldset className="views">
      <legend className="visually-hidden">{`Show ${file}`}</legend>
      {views.map(({name, label}) => (
        <label key={name}>
          <input
            type="radio"
            name={`view of ${file}`}
            value={name}
            defaultChecked={name === 'source'}
          />
          {label}
        </label>
      ))}
    </fieldset>
  );
}

function cachedFiles(slug: string): Promise<CodeFile[]> {
  let files = cache.get(slug);
  if (!files) cache.set(slug, (files = readFiles(slug)));
  return files;
}

async function readFiles(slug: string): Promise<CodeFile[]> {
  const names = readdirSync(join(folder, slug)).sort(pageFirst);
  const paths = names.map((name) => join(folder, slug, name));
  // What the app shares with the pattern belongs to what one would copy.
  if (paths.some((path) => readFileSync(path, 'utf8').includes('<FormGuard />')))
    paths.push(formGuard);
  return Promise.all(paths.map(readFile));
}

async function readFile(path: string): Promise<CodeFile> {
  const text = readFileSync(path, 'utf8').trimEnd();
  const {server, browser, ids} = await compile(path, text);
  const views: View[] = [{name: 'source', label: 'source', html: color(text)}];
  const isClient = text.startsWith("'use client'");
  if (server !== undefined || browser !== undefined) {
    views.push(
      {name: 'server', label: 'on the server', ...codeOr(AS_WRITTEN, server, text)},
      {
        name: 'browser',
        label: 'in the browser',
        ...codeOr(isClient ? AS_WRITTEN : onlyIds(ids), browser, text),
      },
    );
  }
  const name = basename(path);
  return {name, kind: kindOf(text, name), views};
}

const AS_WRITTEN = 'As it is written: the compiler leaves it alone.';

const onlyIds = (ids: string[]): string =>
  `No word of this file. What it passes on are references: ${ids.join(', ')}`;

function codeOr(otherwise: string, code: string | undefined, source: string): Partial<View> {
  return code === undefined ? {sentence: otherwise} : {html: color(code, source)};
}

/** Coloured; the lines that are not in `source` are marked. */
function color(code: string, source?: string): string {
  const html = plain(highlight(code, {lang: 'typescript'}));
  if (source === undefined) return html;
  const own = new Set(source.split('\n').map((line) => line.trim()));
  const lines = code.split('\n');
  return html
    .split('\n')
    .map((line, i) =>
      own.has(lines[i]!.trim()) ? line : line.replace('sh__line', 'sh__line added'),
    )
    .join('\n');
}

/** Without what the stylesheet says as well: a page has many of these. */
const plain = (html: string): string =>
  html
    .replaceAll(/ style="[^"]*"/g, '')
    .replaceAll(
      /<span class="sh__token--(?:space|identifier|jsxliterals|sign)">([^<]*)<\/span>/g,
      '$1',
    );

function kindOf(text: string, name: string): string {
  if (text.startsWith("'use client'")) return 'client component';
  if (text.startsWith("'use server'")) return 'server functions';
  return name === 'Page.tsx' ? 'Server Component' : 'server only';
}

function pageFirst(a: string, b: string): number {
  return Number(b === 'Page.tsx') - Number(a === 'Page.tsx') || a.localeCompare(b);
}
