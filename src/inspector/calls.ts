import type {InspectedRequest, ListenToItems} from '../server/development/recording.ts';
import type {CallRecord, Message} from './record.ts';
import {Recorder, type KeptRequest} from './recorder.ts';

const MOST_CALLS = 200;
/** Characters of all records, as they are sent. */
const MOST_CHARACTERS = 8_000_000;
/** Milliseconds in which changes of a call are gathered. */
const PAUSE = 50;

/** The calls of this process that are remembered: the latest, up to a number and a size. */
export class Calls {
  readonly #recorders = new Map<number, Recorder>();
  readonly #sizes = new Map<number, number>();
  readonly #changed = new Set<Recorder>();
  readonly #listeners = new Set<(message: Message) => void>();
  #size = 0;
  #count = 0;
  #isWaiting = false;

  begin(
    kind: CallRecord['kind'],
    request: InspectedRequest,
    listenToItems: ListenToItems,
  ): Recorder {
    const recorder: Recorder = new Recorder(kind, {
      request,
      listenToItems,
      onChange: () => this.#change(recorder),
    });
    return recorder;
  }

  /** What the records are now. */
  all(): CallRecord[] {
    return [...this.#recorders.values()].map(({record}) => record);
  }

  /** The request of a call that is remembered. */
  find(number: number): KeptRequest | undefined {
    return this.#recorders.get(number)?.kept;
  }

  clear(): void {
    this.#recorders.clear();
    this.#sizes.clear();
    this.#changed.clear();
    this.#size = 0;
    this.#tell({type: 'cleared'});
  }

  /** @returns ends the listening */
  listen(listener: (message: Message) => void): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  #change(recorder: Recorder): void {
    const {record} = recorder;
    if (record.number === 0) {
      record.number = ++this.#count;
      this.#recorders.set(record.number, recorder);
      this.#forget();
    }
    if (!this.#recorders.has(record.number)) return;
    this.#changed.add(recorder);
    if (this.#isWaiting) return;
    this.#isWaiting = true;
    setTimeout(() => this.#flush(), PAUSE).unref();
  }

  #flush(): void {
    this.#isWaiting = false;
    const changed = [...this.#changed];
    this.#changed.clear();
    for (const {record, kept} of changed) {
      if (!this.#recorders.has(record.number)) continue;
      this.#measure(record, kept.body?.byteLength ?? 0);
      this.#tell({type: 'call', record});
    }
    this.#forget();
  }

  #measure(record: CallRecord, kept: number): void {
    const size = JSON.stringify(record).length + kept;
    this.#size += size - (this.#sizes.get(record.number) ?? 0);
    this.#sizes.set(record.number, size);
  }

  #forget(): void {
    for (const number of this.#recorders.keys()) {
      if (this.#recorders.size <= MOST_CALLS && this.#size <= MOST_CHARACTERS) return;
      this.#recorders.delete(number);
      this.#size -= this.#sizes.get(number) ?? 0;
      this.#sizes.delete(number);
    }
  }

  #tell(message: Message): void {
    for (const listener of this.#listeners) listener(message);
  }
}
