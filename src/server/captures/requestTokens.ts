import {decodeCaptures, openCaptures, type GenuineCaptures} from './encryption.ts';
import type {RefersTo} from './capturedFunctions.ts';
import {andThen, type MaybePromise} from '../platform/maybePromise.ts';
import {OpenedCaptures, sealedShape} from './sealedExports.ts';

/** A server function and the captures that it takes first. */
export interface SealedCall {
  id: string;
  serverFunction: object;
  /** Comes from the client: anything, or a promise of it. */
  token: unknown;
}

/**
 * The tokens of one request, each opened once: a body can name the same token any number of times.
 */
export class RequestTokens {
  readonly #refersTo: RefersTo;
  readonly #opened = new Map<string, MaybePromise<GenuineCaptures>>();

  /** @param refersTo what functions become that were captured of an earlier request */
  constructor(refersTo: RefersTo) {
    this.#refersTo = refersTo;
  }

  /**
   * Checks the token of a function that takes captures.
   *
   * @throws {RequestError} see {@link openCaptures}
   */
  async check(call: SealedCall): Promise<void> {
    await this.#find(call);
  }

  /**
   * The captures themselves. Each call of a function gets values of its own.
   *
   * @throws as {@link check}, and as {@link decodeCaptures}
   */
  open(call: SealedCall): MaybePromise<OpenedCaptures> {
    return andThen(this.#find(call), (genuine) =>
      andThen(decodeCaptures(genuine, this.#refersTo), (values) => new OpenedCaptures(values)),
    );
  }

  #find({id, serverFunction, token}: SealedCall): MaybePromise<GenuineCaptures> {
    const shape = sealedShape(serverFunction)!;
    if (typeof token !== 'string') return openCaptures(id, token, shape);
    const key = `${id.length} ${id}${token}`;
    let opened = this.#opened.get(key);
    if (!opened) this.#opened.set(key, (opened = openCaptures(id, token, shape)));
    return opened;
  }
}
