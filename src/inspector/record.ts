/*
 * What the inspector's server tells its page, as JSON.
 */

import type {FrameLine} from '../ui/frame.ts';

/** A value as it was when it was recorded. */
export interface Snapshot {
  /** What it is, for colours. */
  kind:
    | 'string'
    | 'number'
    | 'constant'
    | 'symbol'
    | 'date'
    | 'function'
    | 'object'
    | 'array'
    | 'element'
    | 'error'
    | 'opaque';
  /** What stands for it on one line: the text of a string, `Map(2)`, `12n`. */
  text: string;
  /** Names or indices, with their values. */
  entries?: [name: string, value: Snapshot][];
  /** How much is left out: characters of a text, entries of an object. */
  more?: number;
}

/** A place in the sources. */
export interface Place {
  file: string;
  line: number;
}

/** A function call, with what it got and gave. */
export interface RecordedFunction {
  id: string;
  place?: Place;
  args: Snapshot[];
  captures?: [name: string, value: Snapshot][];
  result?: Snapshot;
  error?: RecordedError;
}

export interface RecordedError {
  name: string;
  message: string;
  frames: {functionName?: string; file: string; line: number; isOwn: boolean}[];
  /** The source around the place. */
  codeFrame?: FrameLine[];
}

/** A part of the time that a request took, in milliseconds since it came. */
export interface RecordedPhase {
  name: string;
  /** What happened, in words. */
  title: string;
  start: number;
  duration: number;
}

/** Why a request was refused. */
export interface Refusal {
  code: string;
  status: number;
  message: string;
  /** Which check did it. */
  check: string;
  /** What would make it pass. */
  remedy?: string;
}

export type Status =
  'running' | 'returned' | 'threw' | 'redirected' | 'not-found' | 'refused' | 'timeout' | 'aborted';

/** One request. */
export interface CallRecord {
  /** Counts up from 1 in one server process. */
  number: number;
  /** When it came: milliseconds since 1970. */
  time: number;
  kind: 'call' | 'form';
  status: Status;
  method: string;
  url: string;
  /** Secrets are masked. */
  headers: [name: string, value: string][];
  /** Bytes of the body. */
  received?: number;
  /** The one that the request calls, once it is known. */
  called?: RecordedFunction;
  /** Those among its arguments that were called. */
  passed: RecordedFunction[];
  /** What streamed in the result: what promises gave and iterables yielded. */
  streamed: [where: string, value: Snapshot][];
  /** How many more there were. */
  moreStreamed: number;
  revalidated: string[];
  redirect?: string;
  refusal?: Refusal;
  errors: RecordedError[];
  answer?: {status: number; headers: [name: string, value: string][]; cookies: string[]};
  /** Bytes of the answer's body, as it was written. */
  sent?: number;
  phases: RecordedPhase[];
  /** Milliseconds, once it is over. */
  duration?: number;
  /** Whether the body is kept, so that it can be called again. */
  canRepeat: boolean;
}

/** What the page hears. */
export type Message =
  /** First: which server process answers. */
  {type: 'process'; id: string} | {type: 'call'; record: CallRecord} | {type: 'cleared'};
