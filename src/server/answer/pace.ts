import {weightOf} from './itemWeight.ts';
import {onNextTurn} from '../platform/nextTurn.ts';
import {pacedReferences, type References} from './pacedSource.ts';

/** Bytes of an answer that wait to be read, from which on no more is taken from its sources. */
const MAX_UNREAD = 128 * 1024;

/** Sources that may be asked at the same time, within one turn of the event loop. */
const MAX_ASKED = 8;

/**
 * How fast React may take from the streams and async iterables of one answer: as fast as its client
 * reads. React itself asks for the next item as soon as it has one (`serializeReadableStream` and
 * `serializeAsyncIterable` in ReactFlightServer.js), so here a source is asked only while the client has
 * little left to read; until then its `read()` or `next()` is pending.
 *
 * Sources that take their time do not hold the others up: how many are asked at once is limited within
 * one turn of the event loop only, which is what keeps a thousand of those that have something ready from
 * giving it all at once.
 */
export class Pace {
  /** What has not been read yet. */
  #unread = 0;
  /** What React has been given and has not written yet. */
  #given = 0;
  #waiting: (() => void)[] = [];
  #turn = 0;
  #isTurnDue = false;
  /** Sources that were asked in this turn and have not answered. */
  #asked = 0;
  #hasStopped = false;

  /**
   * Sets the pace of all sources that React meets.
   *
   * @param references what React looks up in the temporary references of the call
   * @returns what React gets in their place
   */
  watch(references: References): References {
    return pacedReferences(references, (ask) => this.#pull(ask));
  }

  /**
   * React has written a piece.
   *
   * @param size about its bytes
   * @returns what it weighs until it is read: all that React was given for it, which takes more memory
   *   than a short piece has bytes
   */
  written(size: number): number {
    const weight = Math.max(size, this.#given);
    this.#given = 0;
    this.#unread += weight;
    this.#goOn();
    return weight;
  }

  /** The client has read a piece of this weight, or a part of one. */
  read(weight: number): void {
    this.#unread -= weight;
    this.#goOn();
  }

  /** No source that waits is asked any more. */
  stop(): void {
    this.#hasStopped = true;
    this.#waiting = [];
  }

  #pull<T>(ask: () => T): T | Promise<Awaited<T>> {
    if (this.#waiting.length === 0 && this.#maySourceBeAsked()) {
      this.#asked++;
      return this.#ask(ask);
    }
    const turn = new Promise<void>((resolve) => this.#waiting.push(resolve));
    this.#goOn();
    // By then(), so that the source runs in the asynchronous context in which it was asked.
    return turn.then(() => this.#ask(ask)) as Promise<Awaited<T>>;
  }

  #ask<T>(ask: () => T): T {
    const turn = this.#turn;
    const answered = (item?: unknown) => {
      this.#given += weightOf(item, MAX_UNREAD);
      if (turn === this.#turn) this.#asked--;
      this.#goOn();
    };
    try {
      const result = ask();
      Promise.resolve(result).then(
        (answer) => answered((answer as {value?: unknown} | undefined)?.value),
        () => answered(),
      );
      return result;
    } catch (error) {
      answered();
      throw error;
    }
  }

  #goOn(): void {
    while (this.#waiting.length > 0 && this.#maySourceBeAsked()) {
      this.#asked++;
      this.#waiting.shift()!();
    }
    if (this.#waiting.length > 0 && this.#asked >= MAX_ASKED) this.#awaitTurn();
  }

  #maySourceBeAsked(): boolean {
    return !this.#hasStopped && this.#unread + this.#given < MAX_UNREAD && this.#asked < MAX_ASKED;
  }

  #awaitTurn(): void {
    if (this.#isTurnDue) return;
    this.#isTurnDue = true;
    onNextTurn(() => {
      this.#isTurnDue = false;
      this.#turn++;
      this.#asked = 0;
      this.#goOn();
    });
  }
}
