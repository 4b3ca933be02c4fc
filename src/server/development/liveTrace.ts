import {PHASES, type PhaseName} from '../../references/phases.ts';
import type {Answer} from '../answer/answer.ts';
import type {UnreadAnswer} from '../answer/unreadAnswer.ts';
import type {Outcome} from '../call/runFunction.ts';
import type {PassedTrace, Trace} from '../call/trace.ts';
import type {HandlerConfig} from '../handlerConfig.ts';
import {ignore} from '../platform/ignore.ts';
import type {Bytes} from '../request/bytes.ts';
import type {CallLifetime} from '../scope/lifetime.ts';
import {isPlainPromise} from './plainPromise.ts';
import type {CallRecorder, Phase} from './recording.ts';

/** Measures one request, and tells the inspector of it. */
export class LiveTrace implements Trace {
  readonly #recorder: CallRecorder | undefined;
  readonly #hasMiddleware: boolean;
  readonly #start = performance.now();
  readonly #phases: Phase[] = [];
  /** When what comes next began, by {@link #now}. */
  #since = 0;
  /** What recording has taken, which is no time of the call. */
  #spent = 0;
  #lifetime: CallLifetime | undefined;
  #isRunning = false;

  constructor(recorder: CallRecorder | undefined, {middleware}: Pick<HandlerConfig, 'middleware'>) {
    this.#recorder = recorder;
    this.#hasMiddleware = middleware.length > 0;
  }

  received(body: Bytes): void {
    this.#end('receive');
    this.#tell((recorder) => recorder.received(body));
  }

  decoded(id: string, args: readonly unknown[]): void {
    this.#end('decode');
    this.#tell((recorder) => recorder.decoded(id, args));
  }

  began(lifetime: CallLifetime): void {
    this.#lifetime = lifetime;
    this.#end('load');
  }

  opened(captures: readonly unknown[]): void {
    this.#end('captures');
    this.#tell((recorder) => recorder.opened(captures));
  }

  entered(): void {
    this.#end('middleware');
    this.#isRunning = true;
  }

  left(value: unknown): void {
    // Of what else may be a promise, `ended` tells: its `then` may start something.
    if (!isPlainPromise(value)) return;
    const end = () => this.#endFunction();
    void Promise.prototype.then.call(value, end, end);
  }

  ended(outcome: Outcome): void {
    this.#endFunction();
    this.#end('middleware');
    this.#tell((recorder) => {
      recorder.ended(outcome.type, 'redirect' in outcome ? outcome.redirect.url : undefined);
      if (outcome.type === 'returned') recorder.returned(outcome.value);
    });
  }

  failed(error: unknown, id: string | undefined): void {
    this.#tell((recorder) => recorder.failed(error, id));
  }

  revalidated(what: 'path' | 'tag', name: string): void {
    this.#tell((recorder) => recorder.revalidated(what, name));
  }

  passed(id: string, args: readonly unknown[]): PassedTrace {
    const recorder = this.#attempt((own) => own.passed(id, args));
    const tell = (work: (own: NonNullable<typeof recorder>) => void) => {
      if (recorder) attempt(() => work(recorder));
    };
    return {
      opened: (captures) => tell((own) => own.opened(captures)),
      entered: ignore,
      left: ignore,
      returned: (value) => tell((own) => own.returned(value)),
      threw: (error) => tell((own) => own.threw(error)),
    };
  }

  /** Value of the header, as far as the answer has come: https://www.w3.org/TR/server-timing/ */
  serverTiming(): string {
    this.#end('answer');
    const total = this.#now();
    const parts = new Map<PhaseName, number>();
    for (const {name, duration} of this.#phases) {
      parts.set(name, (parts.get(name) ?? 0) + duration);
    }
    const measured = [...parts].map(
      ([name, duration]) => `${name};dur=${duration.toFixed(2)};desc="${PHASES[name]}"`,
    );
    return [...measured, `total;dur=${total.toFixed(2)}`].join(', ');
  }

  /**
   * @param answer `undefined` where the app answers itself
   * @param body what streams
   */
  answered(answer: Answer | undefined, body: UnreadAnswer | undefined): void {
    this.#tell((recorder) => recorder.answered(answer));
    const finish = () => {
      if (body) this.#end('stream');
      const size = body ? body.size : sizeOf(answer?.body);
      this.#tell((recorder) => recorder.finished(this.#phases, size));
    };
    if (body && this.#lifetime) this.#lifetime.onFinish(finish);
    else finish();
  }

  /** Once: a function may go on behind the deadline. */
  #endFunction(): void {
    if (!this.#isRunning) return;
    this.#isRunning = false;
    this.#end('function');
  }

  /** Ends a phase: it began when the one before it ended. */
  #end(name: PhaseName): void {
    const now = this.#now();
    const isEmpty = name === 'middleware' && !this.#hasMiddleware;
    if (!isEmpty) this.#phases.push({name, start: this.#since, duration: now - this.#since});
    this.#since = now;
  }

  /** Milliseconds since the request came. */
  #now(): number {
    return performance.now() - this.#start - this.#spent;
  }

  #tell(work: (recorder: CallRecorder) => void): void {
    this.#attempt(work);
  }

  #attempt<T>(work: (recorder: CallRecorder) => T): T | undefined {
    const recorder = this.#recorder;
    if (!recorder) return undefined;
    const start = performance.now();
    const result = attempt(() => work(recorder));
    this.#spent += performance.now() - start;
    return result;
  }
}

/** Whatever fails in a record must not change the call. */
function attempt<T>(work: () => T): T | undefined {
  try {
    return work();
  } catch {
    return undefined;
  }
}

function sizeOf(body: Answer['body']): number {
  return typeof body === 'string' ? new TextEncoder().encode(body).length : 0;
}
