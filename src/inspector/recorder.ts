import {types} from 'node:util';
import {PHASES} from '../references/phases.ts';
import type {
  CallRecorder,
  InspectedRequest,
  ListenToItems,
  PassedRecorder,
  Phase,
} from '../server/development/recording.ts';
import {isPlainPromise} from '../server/development/plainPromise.ts';
import type {SourcePlace} from '../sourcePlaces/sourcePlace.ts';
import {frameLines} from '../ui/frame.ts';
import {beginningOf} from './beginningOf.ts';
import type {CallRecord, RecordedError, RecordedFunction, Snapshot} from './record.ts';
import {explainRefusal} from './refusals.ts';
import {maskCookie, maskHeader} from './secrets.ts';
import {snapshot, type Later} from './snapshot.ts';

const MOST_ARGUMENTS = 100;
const MOST_STREAMED = 50;
const MOST_PASSED = 20;
const MOST_ERRORS = 10;
const MOST_FRAMES = 20;
/** Characters of a message, a stack line or a header. */
const LONGEST_TEXT = 4_000;
/** Bytes of a body that is kept, so that the call can be made again. */
const LARGEST_BODY = 100_000;

/** A request as it came, with all secrets. Never leaves this process unless somebody asks for it. */
export interface KeptRequest extends InspectedRequest {
  body: Uint8Array | undefined;
}

interface RecorderOptions {
  request: InspectedRequest;
  listenToItems: ListenToItems;
  /** Called after each change. */
  onChange: () => void;
}

/** Records a request as it is answered. */
export class Recorder implements CallRecorder {
  readonly record: CallRecord;
  readonly kept: KeptRequest;
  readonly #listenToItems: ListenToItems;
  readonly #onChange: () => void;

  constructor(kind: CallRecord['kind'], {request, listenToItems, onChange}: RecorderOptions) {
    this.#listenToItems = listenToItems;
    this.#onChange = onChange;
    this.kept = {...request, body: undefined};
    this.record = {
      number: 0,
      time: Date.now(),
      kind,
      status: 'running',
      method: request.method,
      url: cut(request.url),
      headers: request.headers.map(([name, value]) => [name, cut(maskHeader(name, value))]),
      passed: [],
      streamed: [],
      moreStreamed: 0,
      revalidated: [],
      errors: [],
      phases: [],
      canRepeat: false,
    };
  }

  received(body: Uint8Array): void {
    this.record.received = body.byteLength;
    if (body.byteLength <= LARGEST_BODY) {
      // A copy: the slice of a Buffer of Node's is a view of all of it.
      this.kept.body = new Uint8Array(body);
      this.record.canRepeat = true;
    }
    this.#onChange();
  }

  decoded(id: string, args: readonly unknown[]): void {
    this.record.called = this.#function(id, args);
    this.#onChange();
  }

  opened(captures: readonly unknown[]): void {
    const {called} = this.record;
    if (called) this.#captures(called, captures);
    this.#onChange();
  }

  passed(id: string, args: readonly unknown[]): PassedRecorder {
    const called = this.#function(id, args);
    if (this.record.passed.length < MOST_PASSED) this.record.passed.push(called);
    this.#onChange();
    return {
      opened: (captures) => {
        this.#captures(called, captures);
        this.#onChange();
      },
      returned: (value) => {
        called.result = snapshot(value);
        this.#onChange();
      },
      threw: (error) => {
        called.error = this.#error(error);
        this.#onChange();
      },
    };
  }

  revalidated(what: 'path' | 'tag', name: string): void {
    if (this.record.revalidated.length < 50) this.record.revalidated.push(`${what} ${cut(name)}`);
    this.#onChange();
  }

  failed(error: unknown, id: string | undefined): void {
    const {record} = this;
    if (id !== undefined) record.called ??= this.#function(id, []);
    const refused = refusalOf(error);
    if (refused) {
      record.refusal = refused;
      record.status = 'refused';
    } else {
      if (record.errors.length < MOST_ERRORS) record.errors.push(this.#error(error));
      if (record.status === 'running' || record.status === 'returned') record.status = 'threw';
    }
    this.#onChange();
  }

  ended(outcome: CallRecord['status'], redirect: string | undefined): void {
    this.record.status = outcome;
    if (redirect !== undefined) this.record.redirect = cut(redirect);
    this.#onChange();
  }

  returned(value: unknown): void {
    const {called} = this.record;
    if (called) called.result = snapshot(value, this.#streams(0));
    this.#onChange();
  }

  answered(answer: Parameters<CallRecorder['answered']>[0]): void {
    if (answer) {
      const {status, headers, cookies = []} = answer;
      this.record.answer = {
        status,
        headers: Object.entries(headers).map(([name, value]) => [name.toLowerCase(), cut(value)]),
        cookies: cookies.map((cookie) => cut(maskCookie(cookie))),
      };
    }
    this.#onChange();
  }

  finished(phases: readonly Phase[], size: number | undefined): void {
    const {record} = this;
    record.phases = phases.map((phase) => ({...phase, title: PHASES[phase.name]}));
    record.duration = Math.max(0, ...phases.map(({start, duration}) => start + duration));
    if (size !== undefined) record.sent = size;
    if (record.status === 'running') record.status = 'returned';
    this.#onChange();
  }

  #function(id: string, args: readonly unknown[]): RecordedFunction {
    const called: RecordedFunction = {
      id: cut(id),
      args: args.slice(0, MOST_ARGUMENTS).map((arg) => snapshot(arg)),
    };
    this.#later(async () => {
      const {place} = (await sources()).factsOf(id);
      if (place) called.place = place;
    });
    return called;
  }

  /** They come as their token, which is the first argument and tells nothing. */
  #captures(called: RecordedFunction, values: readonly unknown[]): void {
    const captures = values.map((value, index): [string, Snapshot] => [
      `captured variable ${index + 1}`,
      snapshot(value),
    ]);
    called.captures = captures;
    called.args = called.args.slice(1);
    this.#later(async () => {
      const names = (await sources()).factsOf(called.id).captures;
      names.forEach((name, index) => {
        if (captures[index]) captures[index][0] = name;
      });
    });
  }

  #error(error: unknown): RecordedError {
    const {text, kind} = snapshot(error);
    const [, name = 'Error', message = text] =
      kind === 'error' ? (/^([^:]*): (.*)$/s.exec(text) ?? []) : ['', 'Thrown', text];
    const recorded: RecordedError = {name, message: cut(message), frames: []};
    this.#later(async () => addPlace(recorded, (await sources()).findSourcePlace(error)));
    return recorded;
  }

  /** Sources are read and compiled when the call has gone on. What cannot be read is not shown. */
  #later(work: () => Promise<void>): void {
    setImmediate(() => void work().then(this.#onChange, () => {}));
  }

  /** What is not there yet of a result; it may hold more of the kind. */
  #streams(depth: number): Later {
    const add = (where: string, value: unknown) => this.#addStreamed(where, value, depth + 1);
    return {
      promise: (promise, where) => {
        if (!isPlainPromise(promise)) return;
        void Promise.prototype.then.call(
          promise,
          (value) => add(where, value),
          // Its rejection is reported where it is awaited.
          () => {},
        );
      },
      iterable: (iterable, where) => {
        let index = 0;
        this.#listenToItems(iterable, (result) => {
          const item = itemOf(result);
          if (item) add(`${where} #${++index}`, item.value);
        });
      },
    };
  }

  #addStreamed(where: string, value: unknown, depth: number): void {
    const {streamed} = this.record;
    if (streamed.length >= MOST_STREAMED) this.record.moreStreamed++;
    else streamed.push([cut(where), snapshot(value, depth < 5 ? this.#streams(depth) : undefined)]);
    this.#onChange();
  }
}

/** Of what an iterator gave: its members are data, or it is left alone. */
function itemOf(result: unknown): {value: unknown} | undefined {
  if (typeof result !== 'object' || result === null || types.isProxy(result)) return undefined;
  const isDone: unknown = Object.getOwnPropertyDescriptor(result, 'done')?.value;
  const own = Object.getOwnPropertyDescriptor(result, 'value');
  return isDone === false && own && 'value' in own ? {value: own.value} : undefined;
}

/** What needs the compiler, which takes a while to load. */
async function sources() {
  const [{factsOf}, {findSourcePlace}] = await Promise.all([
    import('./functions.ts'),
    import('../sourcePlaces/index.ts'),
  ]);
  return {factsOf, findSourcePlace};
}

/** A refusal, of whichever copy of the package. */
function refusalOf(error: unknown): CallRecord['refusal'] {
  if (!types.isNativeError(error)) return undefined;
  const [name, code, status, message] = ['name', 'code', 'status', 'message'].map((key) =>
    dataOf(error, key),
  );
  const isRefusal = name === 'RequestError' || name === 'RefusalError';
  if (!isRefusal || typeof code !== 'string' || typeof status !== 'number') return undefined;
  if (typeof message !== 'string') return undefined;
  return {code, status, message: cut(message), ...explainRefusal(code)};
}

/** A member that is data, of an error or of its class. */
function dataOf(error: Error, key: string): unknown {
  let holder: unknown = error;
  for (let steps = 0; steps < 20 && holder !== null && !types.isProxy(holder); steps++) {
    const own = Object.getOwnPropertyDescriptor(holder, key);
    if (own) return own.value;
    holder = Object.getPrototypeOf(holder);
  }
  return undefined;
}

function addPlace(recorded: RecordedError, place: SourcePlace | undefined): void {
  if (!place) return;
  recorded.frames = place.frames.slice(0, MOST_FRAMES).map((frame) => ({
    file: cut(frame.file),
    line: frame.line,
    isOwn: frame.isOwn,
    ...(frame.functionName !== undefined && {functionName: cut(frame.functionName)}),
  }));
  if (place.codeFrame !== undefined) recorded.codeFrame = frameLines(cut(place.codeFrame));
}

function cut(text: string): string {
  return text.length > LONGEST_TEXT ? `${beginningOf(text, LONGEST_TEXT)}… (cut)` : text;
}
