// The page: its controls, the editor, and what the compiler makes of the text.
import type {Diagnostic} from 'use-server-webpack-plugin/transform';
import {readAddress, writeAddress, type Module} from './address.ts';
import type {Compilation} from './compile.ts';
import {Compiler} from './compiler.ts';
import type {Editor} from './editor.ts';
import {samples} from './samples.ts';
import {connectTabs} from './tabs.ts';
import {figures} from './views/figures.ts';
import {graph} from './views/graph.ts';
import {countOf, problems} from './views/problems.ts';
import {placeOf, references} from './views/references.ts';

const byId = (id: string) => document.getElementById(id)!;

const sampleSelect = byId('sample') as HTMLSelectElement;
const fileField = byId('file') as HTMLInputElement;
const hashedBox = byId('hashed') as HTMLInputElement;
const shareButton = byId('share');
const status = byId('status');

const compiler = new Compiler(show);
const tabs = connectTabs(byId('tabs'));
let module = await readAddress(location.hash);
let diagnostics: readonly Diagnostic[] = [];
let addressTimer: ReturnType<typeof setTimeout> | undefined;
/** It comes later than the rest of the page. */
let editor: Editor | undefined;

sampleSelect.append(...samples.map(({key, title}) => new Option(title, key)));
sampleSelect.append(new Option('Your own', ''));
tabs.select('tab-server');
open(module);

sampleSelect.addEventListener('change', () => {
  const sample = samples.find(({key}) => key === sampleSelect.value);
  if (sample) open({...module, file: sample.file, source: sample.source});
});
fileField.addEventListener('input', () => change({file: fileField.value}));
hashedBox.addEventListener('change', () => change({ids: hashedBox.checked ? 'hashed' : 'path'}));
shareButton.addEventListener('click', () => void share());
// A link that somebody opens in this page.
addEventListener('hashchange', () => void readAddress(location.hash).then(open));
byId('result').addEventListener('click', ({target}) => {
  const button = (target as Element).closest('button');
  if (button?.matches('.to-problems')) {
    tabs.select('tab-problems');
    byId('tab-problems').focus();
  }
  if (button?.matches('.place')) editor?.select(placeOf(button));
});

const {createEditor} = await import('./editor.ts');
editor = createEditor(byId('editor'), (source) => change({source}));
editor.open(module.source, module.file);
editor.mark(diagnostics);

/** Shows another module than the one that was typed. */
function open(next: Module): void {
  editor?.open(next.source, next.file);
  fileField.value = next.file;
  hashedBox.checked = next.ids === 'hashed';
  change(next);
}

function change(part: Partial<Module>): void {
  module = {...module, ...part};
  const sample = samples.find(({file, source}) => file === module.file && source === module.source);
  sampleSelect.value = sample?.key ?? '';
  compiler.compile(module);
  keepInAddress();
}

function show(compilation: Compilation): void {
  byId('figures').innerHTML = figures(compilation);
  for (const target of ['server', 'client', 'ssr'] as const) {
    byId(`panel-${target}`).innerHTML = graph(target, compilation);
  }
  byId('panel-references').innerHTML = references(compilation);
  byId('panel-problems').innerHTML = problems(compilation.diagnostics);
  const {serverReferences, clientReferences} = compilation;
  ({diagnostics} = compilation);
  setCount('references', serverReferences.length + clientReferences.length);
  setCount('problems', diagnostics.length);
  editor?.mark(diagnostics);
  announce(countOf(diagnostics) || 'compiled');
}

function setCount(name: string, count: number): void {
  byId(`count-${name}`).textContent = count === 0 ? '' : String(count);
}

/** Screen readers are told what has changed only. */
function announce(text: string): void {
  if (status.textContent !== text) status.textContent = text;
}

/** The address follows when nobody types for a moment: browsers refuse to change it with every key. */
function keepInAddress(): void {
  clearTimeout(addressTimer);
  addressTimer = setTimeout(() => void updateAddress(), 300);
}

async function updateAddress(): Promise<void> {
  const written = module;
  const address = await writeAddress(written);
  if (written === module) history.replaceState(null, '', address);
}

async function share(): Promise<void> {
  await updateAddress();
  const isCopied = await copy(location.href);
  shareButton.textContent = isCopied ? 'Copied' : 'Copy the address';
  announce(isCopied ? 'The link is copied.' : 'The link is in the address bar.');
  setTimeout(() => {
    shareButton.textContent = 'Copy link';
  }, 2000);
}

/** Browsers may refuse, and have no clipboard for pages without TLS. */
async function copy(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false;
  }
}
