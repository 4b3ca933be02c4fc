import type {Reply} from '../answer/answer.ts';
import type {Concern} from '../answerRequest.ts';
import type {HandlerConfig} from '../handlerConfig.ts';
import type {MaybePromise} from '../platform/maybePromise.ts';
import type {Bytes} from '../request/bytes.ts';
import type {Incoming} from '../request/incoming.ts';
import type {CallLifetime} from '../scope/lifetime.ts';
import type {Outcome} from './runFunction.ts';

/** Is told what happens on the way into a server function. */
export interface EntryTrace {
  /** Its captures are open. */
  opened(captures: readonly unknown[]): void;
  /** It is about to run. */
  entered(): void;
  /** What it returned. */
  left(value: unknown): void;
}

/** Is told of the call of a function that was passed as an argument. */
export interface PassedTrace extends EntryTrace {
  returned(value: unknown): void;
  threw(error: unknown): void;
}

/**
 * Is told what happens to one request, in development alone. What it does changes nothing of the answer but for
 * the header `Server-Timing`, and it never throws.
 */
export interface Trace extends EntryTrace {
  /** The whole body is there. */
  received(body: Bytes): void;
  decoded(id: string, args: readonly unknown[]): void;
  /** Every check but that of the captures has been passed. */
  began(lifetime: CallLifetime): void;
  passed(id: string, args: readonly unknown[]): PassedTrace;
  ended(outcome: Outcome): void;
}

/** The trace of one request from its beginning to its answer. */
export interface RequestTrace {
  /** The same config, which tells the trace. */
  config: HandlerConfig;
  /** Gives the answer that is to be sent. */
  answered(reply: Reply | null): Reply | null;
}

/** Begins to trace a request. */
export type StartTrace = (
  concern: Concern,
  incoming: Incoming,
  config: HandlerConfig,
) => MaybePromise<RequestTrace>;
