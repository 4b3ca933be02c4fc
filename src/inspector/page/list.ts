import {CHIP, groupOf, nameOf, placeOf, STATUS, type Shown} from './calls.ts';
import {clock} from './details.ts';
import {byId, h} from './dom.ts';
import {phaseBar, time} from './phases.ts';

/** The list of calls. Rows stay the same elements, so that the focus stays where it is. */
export class CallList {
  readonly #list = byId('list');
  readonly #rows = new Map<string, {row: HTMLElement; text: string}>();
  readonly #onChoose: (key: string) => void;

  constructor(onChoose: (key: string) => void) {
    this.#onChoose = onChoose;
    this.#list.addEventListener('keydown', (event) => this.#move(event));
  }

  show(calls: readonly Shown[], chosen: string | undefined): void {
    const rows = calls.map((call) => this.#rowOf(call, call.key === chosen));
    const wanted = new Set<Element>(rows);
    for (const row of [...this.#list.children]) if (!wanted.has(row)) row.remove();
    rows.forEach((row, index) => {
      if (this.#list.children[index] !== row) {
        this.#list.insertBefore(row, this.#list.children[index] ?? null);
      }
    });
    for (const [key, {row}] of this.#rows) if (!wanted.has(row)) this.#rows.delete(key);
  }

  focus(key: string): void {
    this.#rows.get(key)?.row.querySelector('button')?.focus();
  }

  #rowOf({key, record}: Shown, isChosen: boolean): HTMLElement {
    const text = JSON.stringify([record.status, record.duration, record.called?.id]);
    let known = this.#rows.get(key);
    if (!known) {
      const button = h('button', {class: 'row', onclick: () => this.#onChoose(key)});
      known = {row: h('li', {}, button), text: ''};
      this.#rows.set(key, known);
    }
    const button = known.row.firstElementChild!;
    button.setAttribute('aria-current', String(isChosen));
    if (known.text !== text) {
      known.text = text;
      button.replaceChildren(...rowContent(record));
    }
    return known.row;
  }

  #move(event: KeyboardEvent): void {
    const step = {ArrowDown: 1, ArrowUp: -1}[event.key];
    const row = (event.target as Element).closest('li');
    if (step === undefined || !row) return;
    event.preventDefault();
    const next = step > 0 ? row.nextElementSibling : row.previousElementSibling;
    const button = next?.querySelector('button');
    button?.focus();
    button?.click();
  }
}

function rowContent(record: Shown['record']): Node[] {
  const {status, duration, kind, refusal} = record;
  const state = refusal ? refusal.code : STATUS[status];
  const took = duration === undefined ? '' : ` · ${time(duration)}`;
  return [
    h('span', {class: 'name'}, nameOf(record).name),
    h('span', {class: `state ${CHIP[groupOf(status)]}`}, state),
    h(
      'span',
      {class: 'where'},
      placeOf(record) + (kind === 'form' ? ' · form without JavaScript' : ''),
    ),
    h('span', {class: 'when'}, clock(record.time) + took),
    phaseBar(record),
  ];
}
