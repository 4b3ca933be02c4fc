import type {PhaseName} from '../../references/phases.ts';
import type {Answer} from '../answer/answer.ts';
import type {CallReport} from '../call/callReport.ts';
import type {Bytes} from '../request/bytes.ts';

/** A part of the time that a request took, in milliseconds since it came. */
export interface Phase {
  name: PhaseName;
  start: number;
  duration: number;
}

/** A request as the inspector gets it. */
export interface InspectedRequest {
  method: string;
  url: string;
  /** Names in lower case. */
  headers: readonly (readonly [name: string, value: string])[];
  /** Where Node listens that it came to. */
  address: {host: string; port: number; isSecure: boolean} | undefined;
}

/** Records one call for the inspector. Values are looked at when they are given, and not kept. */
export interface CallRecorder {
  received(body: Bytes): void;
  decoded(id: string, args: readonly unknown[]): void;
  opened(captures: readonly unknown[]): void;
  passed(id: string, args: readonly unknown[]): PassedRecorder;
  revalidated(what: 'path' | 'tag', name: string): void;
  failed(error: unknown, id: string | undefined): void;
  /** @param redirect where a `redirect()` leads */
  ended(outcome: CallReport['outcome'], redirect: string | undefined): void;
  returned(value: unknown): void;
  /** @param answer `undefined` where the app has answered itself */
  answered(answer: Pick<Answer, 'status' | 'headers' | 'cookies'> | undefined): void;
  /** @param size bytes of what was streamed */
  finished(phases: readonly Phase[], size: number | undefined): void;
}

/** Records the call of a function that was passed as an argument. */
export interface PassedRecorder {
  opened(captures: readonly unknown[]): void;
  returned(value: unknown): void;
  threw(error: unknown): void;
}

/** What the module `src/inspector/index.ts` has. */
export interface InspectorModule {
  /**
   * Starts the inspector of this process, unless it has one.
   *
   * @param listenToItems calls the listener with what an async iterable of a result yields
   */
  startInspector(listenToItems: ListenToItems): StartRecord;
}

export type ListenToItems = (iterable: object, listener: (result: unknown) => void) => void;

/** Begins the record of a request. It shows once something is told. */
export type StartRecord = (kind: 'call' | 'form', request: InspectedRequest) => CallRecorder;
