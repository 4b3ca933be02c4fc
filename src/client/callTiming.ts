/*
 * Shows calls in the Performance panel of Chrome, in development builds alone: what uses this file asks for
 * NODE_ENV first, so that nothing of it is in a production bundle.
 * https://developer.chrome.com/docs/devtools/performance/extension
 */

import {PHASES, type PhaseName} from '../references/phases.ts';
import {ServerFunctionRequestError, UnsendableArgumentError} from './errors.ts';

const TRACK = 'Server functions';

/** Colours of the panel. */
type Color = 'primary' | 'primary-light' | 'secondary' | 'secondary-light' | 'tertiary' | 'error';

interface Entry {
  name: string;
  start: number;
  end: number;
  color: Color;
  properties?: [string, string][];
  tooltip: string;
}

const timings = new WeakMap<object, CallTiming>();

/**
 * Begins to measure a call.
 *
 * @param key an object of this call alone, by which {@link timingOf} finds it
 */
export function startTiming(id: string, key: object): void {
  timings.set(key, new CallTiming(id));
}

/** Lets it be found by another object as well. */
export function passTiming(from: object, to: object): void {
  const timing = timings.get(from);
  if (timing) timings.set(to, timing);
}

export function timingOf(key: object): CallTiming | undefined {
  return timings.get(key);
}

/** The same stream, whose end is the end of the call. */
export function watchStream(
  key: object,
  stream: ReadableStream<Uint8Array>,
): ReadableStream<Uint8Array> {
  return timings.get(key)?.watch(stream) ?? stream;
}

/** The time that one call takes. Nothing of it throws, and nothing changes the call. */
export class CallTiming {
  readonly #id: string;
  readonly #called = now();
  /** When the event came that is being handled: the click. */
  readonly #event = eventTime();
  #sent: number | undefined;
  #answered: number | undefined;
  #response: Response | undefined;
  #size = 0;
  #isOver = false;

  constructor(id: string) {
    this.#id = id;
  }

  /** Arguments and headers are there. */
  sends(): void {
    this.#sent = now();
  }

  receives(response: Response): void {
    this.#answered = now();
    this.#response = response;
  }

  /** The same stream. The call has ended when it has. */
  watch(stream: ReadableStream<Uint8Array>): ReadableStream<Uint8Array> {
    const reader = stream.getReader();
    return new ReadableStream(
      {
        pull: async (controller) => {
          try {
            const {value, done} = await reader.read();
            if (!done) {
              this.#size += value.byteLength;
              return controller.enqueue(value);
            }
            this.ends();
            controller.close();
          } catch (error) {
            this.fails(error);
            controller.error(error);
          }
        },
        cancel: (reason) => {
          this.ends();
          return reader.cancel(reason);
        },
      },
      {highWaterMark: 0},
    );
  }

  ends(): void {
    // A stream with such a status has what the function threw.
    this.#show((this.#response?.status ?? 200) >= 400 ? 'threw' : undefined);
  }

  fails(error: unknown): void {
    this.#show(codeOf(error));
  }

  #show(failure: string | undefined): void {
    if (this.#isOver) return;
    this.#isOver = true;
    try {
      for (const entry of this.#entries(now(), failure)) show(entry);
    } catch {
      // A runtime without this kind of measure.
    }
  }

  #entries(end: number, failure: string | undefined): Entry[] {
    const name = this.#id.replace(/^.*#/s, '') || this.#id;
    const status = this.#response?.status;
    const properties: [string, string][] = [['Server function', this.#id]];
    if (status !== undefined) properties.push(['Status', String(status)]);
    if (failure !== undefined) properties.push(['Failed with', failure]);
    if (this.#size > 0) properties.push(['Answer', `${this.#size} bytes`]);
    const start = this.#event ?? this.#called;
    const whole: Entry = {
      name: failure === undefined ? name : `${name}: ${failure}`,
      start,
      end,
      color: failure === undefined ? 'primary' : 'error',
      properties,
      tooltip: `${this.#id}, ${duration(start, end)}`,
    };
    return [whole, ...this.#parts(name, end)];
  }

  #parts(name: string, end: number): Entry[] {
    const sent = this.#sent;
    const answered = this.#answered;
    const part = (what: string, from: number, to: number, color: Color): Entry => ({
      name: `${what} (${name})`,
      start: from,
      end: to,
      color,
      tooltip: `${what}, ${duration(from, to)}`,
    });
    const parts: Entry[] = [];
    if (this.#event !== undefined) {
      parts.push(part('event', this.#event, this.#called, 'secondary-light'));
    }
    parts.push(part('encode', this.#called, sent ?? end, 'secondary'));
    if (sent !== undefined) parts.push(part('waiting', sent, answered ?? end, 'secondary-light'));
    if (sent === undefined || answered === undefined) return parts;
    for (const [what, from, to] of this.#serverParts(sent, answered)) {
      parts.push(part(what, from, to, 'tertiary'));
    }
    parts.push(part('stream', answered, end, 'primary-light'));
    return parts;
  }

  /** What the server measured, at the end of the time that was waited: the clocks are not the same. */
  #serverParts(sent: number, answered: number): [what: string, from: number, to: number][] {
    const measured = parseServerTiming(this.#response?.headers.get('server-timing') ?? '');
    const total = measured.reduce((sum, [, time]) => sum + time, 0);
    let from = Math.max(sent, answered - total);
    return measured.map(([what, time]) => {
      const start = from;
      from = Math.min(answered, from + time);
      return [what, start, from];
    });
  }
}

/** `decode;dur=0.2;desc="…", function;dur=3` */
function parseServerTiming(header: string): [what: string, milliseconds: number][] {
  return header.split(',').flatMap((metric): [string, number][] => {
    const [, name = '', time] = /^\s*([\w-]+)\s*;\s*dur=([\d.]+)/.exec(metric) ?? [];
    return Object.hasOwn(PHASES, name) ? [[PHASES[name as PhaseName], Number(time)]] : [];
  });
}

function show({name, start, end, color, properties = [], tooltip}: Entry): void {
  const devtools = {
    dataType: 'track-entry',
    track: TRACK,
    color,
    properties,
    tooltipText: tooltip,
  };
  performance.measure(name, {start, end: Math.max(start, end), detail: {devtools}});
  // The panel has it; the page is not to keep it for ever.
  performance.clearMeasures(name);
}

function now(): number {
  return globalThis.performance?.now() ?? 0;
}

/** When the event happened that is being handled, where a person made it. */
function eventTime(): number | undefined {
  const {event} = globalThis as {event?: Event};
  return event?.isTrusted === true ? event.timeStamp : undefined;
}

/** Why a call has no result; `undefined` for one that leads elsewhere. */
function codeOf(error: unknown): string | undefined {
  const isOwn =
    error instanceof ServerFunctionRequestError || error instanceof UnsendableArgumentError;
  if (!isOwn) return 'threw';
  return error.code === 'redirect' ? undefined : error.code;
}

function duration(start: number, end: number): string {
  return `${(end - start).toFixed(1)} ms`;
}
