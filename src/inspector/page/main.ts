/*
 * The page of the inspector: hears of calls and shows them.
 */
import type {CallRecord, Message} from '../record.ts';
import {CallActions} from './callActions.ts';
import {ShownCalls} from './calls.ts';
import {Connection} from './connection.ts';
import {detailParts} from './details.ts';
import {byId, h} from './dom.ts';
import {KeptParts} from './keptParts.ts';
import {CallList} from './list.ts';

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
const connection = new Connection({
  onOpen: () => showConnection('Live', 'chip good'),
  onLost: () => showConnection('Waiting for the next call', 'chip'),
  onMessage: hear,
});

const parts = new KeptParts(details);
const actions = new CallActions({
  ask: (path) => connection.ask(path),
  isGone: ({process}) => process !== calls.process,
  leave,
  show,
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
  actions.forgetNotice();
  main.classList.add('chosen');
  details.scrollTop = 0;
  show();
}

function leave(): void {
  main.classList.remove('chosen');
  if (chosen !== undefined) list.focus(chosen);
}

function showDetails(): void {
  const shown = calls.get(chosen);
  if (shown) return parts.show(chosen, actions.addTo(detailParts(shown.record), shown));
  const make = () => h('p', {class: 'soft'}, 'Choose a call to see all of it.');
  parts.show(chosen, [{name: 'none', of: undefined, make}]);
}

function forget(): void {
  calls.clear();
  actions.forget();
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
  void connection.ask('clear').catch(() => {});
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
