import {createContext, runInContext} from 'node:vm';
import type {ManifestEntry} from '../../../src/references/manifests.ts';

/**
 * An entry's import that hands React's browser runtime out, so that a test can do what the browser
 * does with a row for a client component.
 */
export const FLIGHT_ENTRY = `
import {createFromReadableStream} from 'react-server-dom-webpack/client';
globalThis.load = ({id, chunks, async}, name) => {
  const row = '1:I' + JSON.stringify([id, chunks, name, ...(async ? [1] : [])]) + '\\n0:"$1"\\n';
  return createFromReadableStream(new Blob([row]).stream());
};
`;

export interface Page {
  /** Code of the page, evaluated. */
  run(code: string): any;
  /** What React makes of a reference to an export of a client module. */
  load(entry: ManifestEntry, name: string): Promise<unknown>;
  /** Scripts that the page has loaded, in order. */
  scripts: string[];
}

/** A page without a DOM: just enough for webpack to load scripts by their names. */
export function openPage(files: Record<string, string>, scripts: string[]): Page {
  const loaded: string[] = [];
  const context = createContext({
    ...webGlobals(),
    location: new URL('https://example.test/'),
    document: {
      currentScript: {tagName: 'SCRIPT', src: 'https://example.test/main.js'},
      getElementsByTagName: () => [],
      createElement: () => ({setAttribute() {}}),
      head: {
        appendChild(script: {src: string; onload?: (event: object) => void}) {
          const name = decodeURI(new URL(script.src, 'https://example.test/').pathname.slice(1));
          runScript(name);
          queueMicrotask(() => script.onload?.({type: 'load', target: script}));
        },
      },
    },
  });
  runInContext('globalThis.self = globalThis; globalThis.window = globalThis;', context);

  const runScript = (name: string) => {
    const code = files[name];
    if (code === undefined) throw new Error(`The page asked for ${name}, which was not emitted.`);
    loaded.push(name);
    runInContext(code, context, {filename: name});
  };
  scripts.forEach(runScript);
  return {
    run: (code) => runInContext(code, context),
    load: (entry, name) =>
      runInContext(`load(${JSON.stringify(entry)}, ${JSON.stringify(name)})`, context),
    scripts: loaded,
  };
}

function webGlobals(): Record<string, unknown> {
  const names = [
    'AbortController',
    'Blob',
    'FormData',
    'MessageChannel',
    'ReadableStream',
    'TextDecoder',
    'TextEncoder',
    'URL',
    'clearTimeout',
    'console',
    'performance',
    'queueMicrotask',
    'setTimeout',
  ] as const;
  return Object.fromEntries(
    names.map((name) => [name, (globalThis as Record<string, unknown>)[name]]),
  );
}

/** A webpack plugin that writes down which scripts a page of each entry loads. */
export const REMEMBER_ENTRY_FILES = `{apply: (compiler) => compiler.hooks.thisCompilation.tap('test', (compilation) => {
  compilation.hooks.processAssets.tap({name: 'test', stage: 4000}, () => {
    const files = {};
    for (const [name, entrypoint] of compilation.entrypoints) {
      const parents = [...entrypoint.getParents()].flatMap((parent) => parent.getFiles());
      files[name] = [...parents, ...entrypoint.getFiles()];
    }
    compilation.emitAsset('entries.json', new compiler.webpack.sources.RawSource(JSON.stringify(files)));
  });
})}`;

/** What {@link REMEMBER_ENTRY_FILES} wrote down. */
export function entryFiles(files: Record<string, string>, name: string): string[] {
  return JSON.parse(files['entries.json']!)[name];
}
