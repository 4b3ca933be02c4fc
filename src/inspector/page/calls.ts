import type {CallRecord, Status} from '../record.ts';

/** The page remembers calls of processes that have ended, up to this many. */
const MOST_CALLS = 400;

/** A call, and whether the process that answered it is still there. */
export interface Shown {
  /** Of the process and the call. */
  key: string;
  record: CallRecord;
  process: string;
}

/** Calls that the page has heard of, newest first. */
export class ShownCalls {
  readonly #calls = new Map<string, Shown>();
  /** The process that answers now. */
  process = '';

  put(record: CallRecord): Shown {
    const key = `${this.process} ${record.number}`;
    const shown = {key, record, process: this.process};
    this.#calls.set(key, shown);
    if (this.#calls.size > MOST_CALLS) this.#calls.delete(this.#calls.keys().next().value!);
    return shown;
  }

  get(key: string | undefined): Shown | undefined {
    return key === undefined ? undefined : this.#calls.get(key);
  }

  clear(): void {
    this.#calls.clear();
  }

  get size(): number {
    return this.#calls.size;
  }

  /** @param text that the id has in it, in any case */
  matching(text: string, status: string): Shown[] {
    const wanted = text.trim().toLowerCase();
    return [...this.#calls.values()]
      .filter(({record}) => nameOf(record).id.toLowerCase().includes(wanted))
      .filter(({record}) => status === '' || groupOf(record.status) === status)
      .reverse();
  }
}

/** Status as the filter and colours have it. */
export function groupOf(status: Status): 'running' | 'good' | 'threw' | 'refused' {
  if (status === 'running' || status === 'refused') return status;
  return status === 'returned' || status === 'redirected' ? 'good' : 'threw';
}

/** Words for what became of a call. */
export const STATUS: Record<Status, string> = {
  running: 'running',
  returned: 'returned',
  threw: 'threw',
  redirected: 'redirected',
  'not-found': 'not found',
  refused: 'refused',
  timeout: 'timed out',
  aborted: 'client left',
};

export const CHIP = {
  running: 'chip',
  good: 'chip good',
  threw: 'chip danger',
  refused: 'chip danger',
};

/** What to call the function of a call. */
export function nameOf({called, method, headers}: CallRecord): {id: string; name: string} {
  const sent = headers.find(([name]) => name === 'x-action-id')?.[1];
  const id = called?.id ?? sent ?? '';
  const name = id.replace(/^.*#/s, '').replace(/^\$\$/, '');
  return {id, name: name || `${method}, function unknown`};
}

/** Where the function of a call stands. */
export function placeOf({called}: CallRecord): string {
  if (!called) return '';
  const {place, id} = called;
  return place ? `${place.file}:${place.line}` : id.replace(/#.*$/s, '');
}
