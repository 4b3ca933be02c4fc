/*
 * The page of the inspector: hears of calls and shows them.
 */
import type {CallRecord, Message} from '../record.ts';
import {nameOf, ShownCalls, type Shown} from './calls.ts';
import {Connection} from './connection.ts';
import {asCurl} from './curl.ts';
import {detailParts, requestPart} from './details.ts';
import {byId, h} from './dom.ts';
import {CallList} from './list.ts';
import {valueText} from './values.ts';

const calls = new ShownCalls();
const list = new CallList(choose);
const main = document.querySelector('main')!;
const details = byId('details');
const state = byId('connection');
const filter = byId('filter') as HTMLInputElement;
const status = byId('status') as HTMLSelectElement;
const pause = byId('pause') as HTMLButtonElement;

let chosen: string | undefined;
let isPaused = false;
/** While it is paused. */
const waiting: CallRecord[] = [];
/** Of calls whose secrets somebody asked for. */
const revealed = new Map<string, SentRequest>();
/** What was said of the last action. */
let notice: {key: string; text: string} | undefined;

interface SentRequest {
  headers: [name: string, value: string][];
  /** Nothing for bytes that are no text. */
  body?: string;
}

const connection = new Connection({
  onOpen: () => showConnection('Live', 'chip good'),
  onLost: () => showConnection('Waiting for the next call', 'chip'),
  onMessage: hear,
});

function showConnection(text: string, className: string): void {
  state.textContent = text;
  state.className = className;
}

function hear(message: Message): void {
  if (message.type === 'process') calls.process = message.id;
  else if (message.type === 'cleared') forget();
  else if (isPaused) waiting.push(message.record);
  else calls.put(message.record);
  scheduleShow();
}

let isScheduled = false;

function scheduleShow(): void {
  if (isScheduled) return;
  isScheduled = true;
  requestAnimationFrame(() => {
    isScheduled = false;
    show();
  });
}

function show(): void {
  const matching = calls.matching(filter.value, status.value);
  list.show(matching, chosen);
  showEmpty(matching.length);
  showDetails();
  const count = new Set(waiting.map(({number}) => number)).size;
  pause.textContent = isPaused ? `Go on${count > 0 ? ` (${count} waiting)` : ''}` : 'Pause';
  pause.setAttribute('aria-pressed', String(isPaused));
}

function showEmpty(count: number): void {
  const empty = byId('empty');
  const state = count > 0 ? '' : calls.size > 0 ? 'filtered' : 'none';
  if (empty.dataset['state'] === state) return;
  empty.dataset['state'] = state;
  empty.replaceChildren(
    ...(state === 'filtered' ? [h('p', {class: 'soft'}, 'No call matches the filter.')] : []),
    ...(state === 'none' ? welcome() : []),
  );
}

function welcome(): Node[] {
  return [
    h('h2', {}, 'No calls yet'),
    h(
      'p',
      {},
      'Open your app and do something that calls a server function. The call appears here as it happens: its arguments, its result, and the time that each step takes.',
    ),
    h(
      'pre',
      {tabindex: '0'},
      h('code', {}, "import {save} from './actions.js';\n\nawait save('Ada');"),
    ),
  ];
}

function choose(key: string): void {
  chosen = key;
  notice = undefined;
  main.classList.add('chosen');
  details.scrollTop = 0;
  show();
}

function leave(): void {
  main.classList.remove('chosen');
  if (chosen !== undefined) list.focus(chosen);
}

/** What is shown of the chosen call: parts that have not changed stay, with all that is open in them. */
const parts = new Map<string, {text: string; node: Node}>();
let partsOf: string | undefined;

function showDetails(): void {
  const shown = calls.get(chosen);
  if (partsOf !== chosen) parts.clear();
  partsOf = chosen;
  if (!shown)
    return details.replaceChildren(h('p', {class: 'soft'}, 'Choose a call to see all of it.'));
  const {record} = shown;
  const nodes: Node[] = [];
  const keep = (name: string, text: string, make: () => Node | undefined | false) => {
    const known = parts.get(name);
    const node = known?.text === text ? known.node : make();
    if (!node) return;
    parts.set(name, {text, node});
    nodes.push(node);
  };
  const isRevealed = revealed.has(shown.key);
  for (const [name, node] of detailParts(record)) {
    keep(name, textOf(name, record), () => node);
    if (name === 'head') {
      const state = JSON.stringify([record, calls.process, notice, isRevealed]);
      keep('actions', state, () => actions(shown));
    }
  }
  keep('request', String(isRevealed), () => request(shown));
  const isSame =
    nodes.length === details.children.length &&
    nodes.every((node, index) => details.children[index] === node);
  if (!isSame) details.replaceChildren(...nodes);
}

/** What a part is made of. */
function textOf(name: string, record: CallRecord): string {
  const {called, phases, streamed, received, sent, answer, revalidated} = record;
  const [kind = '', index] = name.split(' ');
  const sources: Record<string, unknown> = {
    head: record,
    refusal: record.refusal,
    error: record.errors[Number(index)],
    time: phases,
    arguments: [called?.args, received],
    captures: called?.captures,
    result: [called?.result, sent],
    streamed: [streamed, record.moreStreamed],
    passed: record.passed[Number(index)],
    effects: [revalidated, answer?.cookies],
    answer,
  };
  return JSON.stringify(sources[kind]) ?? '';
}

function actions(shown: Shown): Node {
  const {record, process, key} = shown;
  const isGone = process !== calls.process;
  const reason = isGone
    ? 'The server has started again since.'
    : record.canRepeat
      ? undefined
      : 'Its body was refused, or too large to be kept.';
  return h(
    'div',
    {class: 'actions'},
    h('button', {class: 'back', onclick: leave}, 'Back'),
    h(
      'button',
      {
        onclick: () => askToRepeat(shown),
        ...(reason !== undefined && {disabled: true, title: reason}),
      },
      'Call again',
    ),
    record.called && h('button', {onclick: () => void copyArguments(shown)}, 'Copy arguments'),
    h(
      'button',
      {onclick: () => void copyCurl(shown), ...(isGone && {disabled: true})},
      'Copy as curl',
    ),
    h('span', {role: 'status', class: 'soft'}, notice?.key === key ? notice.text : (reason ?? '')),
  );
}

/** It is a call like any other: what the function does happens once more. */
function askToRepeat(shown: Shown): void {
  const {name} = nameOf(shown.record);
  const dialog = h(
    'dialog',
    {class: 'card', 'aria-labelledby': 'repeat-title'},
    h('h2', {id: 'repeat-title'}, `Call ${name} again?`),
    h(
      'p',
      {},
      'The same request is sent to the server once more, with its cookies. What the function does happens again.',
    ),
    h(
      'form',
      {method: 'dialog', class: 'actions'},
      h('button', {value: 'repeat', class: 'primary'}, 'Call again'),
      h('button', {value: ''}, 'Cancel'),
    ),
  );
  dialog.addEventListener('close', () => {
    dialog.remove();
    if (dialog.returnValue === 'repeat') void repeat(shown);
  });
  document.body.append(dialog);
  dialog.showModal();
}

async function repeat({key, record}: Shown): Promise<void> {
  say(key, 'Calling…');
  try {
    const answer = (await ask(`calls/${record.number}/repeat`)) as {
      status?: number;
      error?: string;
    };
    say(key, answer.error ?? `Called again: answered with status ${answer.status}.`);
  } catch {
    say(key, 'It could not be called: the server is away.');
  }
}

async function copyArguments({key, record}: Shown): Promise<void> {
  await copy(key, record.called!.args.map(valueText).join(', '), 'The arguments are copied.');
}

async function copyCurl({key, record}: Shown): Promise<void> {
  try {
    const sent = (await ask(`calls/${record.number}/request`)) as SentRequest;
    if (sent.body === undefined) return say(key, 'The body is no text, so it cannot be copied.');
    const known = revealed.get(key);
    const text = asCurl(record, known?.headers ?? record.headers, sent.body);
    await copy(
      key,
      text,
      known
        ? 'Copied, with its secrets.'
        : 'Copied. Secrets are masked: show them first to copy them too.',
    );
  } catch {
    say(key, 'It could not be copied: the server is away.');
  }
}

function request(shown: Shown): Node {
  const {key, record, process} = shown;
  const known = revealed.get(key);
  const isMasked = record.headers.some(([, value]) => value.includes('••••'));
  const reveal =
    !known && isMasked && process === calls.process
      ? h('button', {class: 'plain', onclick: () => void showSecrets(shown)}, 'Show secrets')
      : undefined;
  return requestPart(record, known?.headers ?? record.headers, reveal);
}

async function showSecrets({key, record}: Shown): Promise<void> {
  try {
    revealed.set(key, (await ask(`calls/${record.number}/request`)) as SentRequest);
  } catch {
    say(key, 'The server is away.');
  }
  show();
}

async function ask(path: string): Promise<unknown> {
  if (!connection.isOpen) throw new Error('The server is away.');
  const response = await fetch(path, {method: 'POST'});
  return response.status === 204 ? undefined : response.json();
}

async function copy(key: string, text: string, done: string): Promise<void> {
  try {
    await navigator.clipboard.writeText(text);
    say(key, done);
  } catch {
    say(key, 'The browser does not let it be copied.');
  }
}

function say(key: string, text: string): void {
  notice = {key, text};
  show();
}

function forget(): void {
  calls.clear();
  revealed.clear();
  waiting.length = 0;
  chosen = undefined;
  main.classList.remove('chosen');
}

function togglePause(): void {
  isPaused = !isPaused;
  if (!isPaused) for (const record of waiting.splice(0)) calls.put(record);
  show();
}

filter.addEventListener('input', show);
status.addEventListener('change', show);
pause.addEventListener('click', togglePause);
byId('clear').addEventListener('click', () => {
  forget();
  show();
  void ask('clear').catch(() => {});
});
document.addEventListener('keydown', (event) => {
  const isTyping =
    event.target instanceof HTMLInputElement || event.target instanceof HTMLSelectElement;
  const hasModifier = event.ctrlKey || event.metaKey || event.altKey;
  if (event.key === 'Escape' && !document.querySelector('dialog')) return leave();
  if (isTyping || hasModifier) return;
  if (event.key === 'p') togglePause();
  if (event.key === '/') {
    event.preventDefault();
    filter.focus();
  }
  if (event.key === 'ArrowDown' && document.activeElement === document.body) {
    document.querySelector<HTMLElement>('.row')?.focus();
  }
});
show();
