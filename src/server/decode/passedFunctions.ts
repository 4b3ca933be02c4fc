import {registerServerReference} from 'react-server-dom-webpack/server';
import type {ManifestEntry, ServerManifest} from '../../references/manifests.ts';
import {markPassed} from '../captures/passedReferences.ts';
import {sealedShape} from '../captures/sealedExports.ts';
import type {RequestTokens} from '../captures/requestTokens.ts';
import type {ServerFunction, ServerFunctions} from '../manifest/manifest.ts';
import {presentModule} from '../manifest/moduleShim.ts';
import type {ServerReference} from '../manifest/references.ts';
import {ignore} from '../platform/ignore.ts';
import {andThen, type MaybePromise} from '../platform/maybePromise.ts';
import {refuse} from '../refusals.ts';

/** A server function that a body names. */
export interface NamedFunction {
  id: string;
  /** What it is bound to first; where it takes captures, their token. */
  firstBound: unknown;
}

/** Calls a function that was passed as an argument. */
export type CallPassed = (id: string, serverFunction: ServerFunction, args: unknown[]) => unknown;

/**
 * The server functions that the body of one request names, as its decoder hands them to the app.
 *
 * A body can put a function wherever an app expects data, so that `name.trim()` is a call. What the app
 * gets is therefore never the function itself but a reference of the same id, which calls it by the way
 * that a request does. React sends such a reference as it would send the function.
 */
export class PassedFunctions {
  readonly #functions: ServerFunctions;
  /** Made when they are needed: most calls pass no functions. */
  #loaded: Map<string, ServerFunction> | undefined;
  #references: Map<string, object> | undefined;
  #entries: Map<string, ManifestEntry> | undefined;
  #manifest: ServerManifest | undefined;
  #named: readonly NamedFunction[] = [];
  #call: CallPassed = () => {
    throw new Error('A server function in a body was called before the body was decoded.');
  };

  constructor(functions: ServerFunctions) {
    this.#functions = functions;
  }

  /** What React's decoders take as server manifest. It lists what {@link load} has loaded. */
  get manifest(): ServerManifest {
    return (this.#manifest ??= new Proxy(Object.create(null) as ServerManifest, {
      // Symbols and `then` are read by the language itself.
      get: (_, id) => (typeof id === 'symbol' || id === 'then' ? undefined : this.#entry(id)),
    }));
  }

  /**
   * Loads what a body names. All are looked up before the first is loaded.
   *
   * @param named those that the app can get hold of
   * @param others ids of those that React may look at
   * @throws {RequestError} `unknown-function`, `not-a-server-function`
   */
  load(named: readonly NamedFunction[], others: Iterable<string> = []): MaybePromise<void> {
    this.#named = named;
    const ids = new Set([...named.map(({id}) => id), ...others]);
    for (const id of ids) if (!this.#functions.has(id)) throw refuse('unknown-function');
    const loading = [...ids].map((id) =>
      andThen(
        this.#functions.load(id),
        (loaded) => void (this.#loaded ??= new Map()).set(id, loaded),
      ),
    );
    const waiting = loading.filter((one) => one instanceof Promise);
    return waiting.length === 0 ? undefined : Promise.all(waiting).then(ignore);
  }

  get(id: string): ServerFunction {
    const serverFunction = this.#loaded?.get(id);
    if (!serverFunction) throw refuse('unknown-function');
    return serverFunction;
  }

  /** Decides what calling one of them does. Until then it throws. */
  callWith(call: CallPassed): void {
    this.#call = call;
  }

  /** Whether one of them takes captures, so that {@link checkTokens} has something to check. */
  get takeCaptures(): boolean {
    return this.#sealed().length > 0;
  }

  /**
   * Checks the captures of all of them.
   *
   * @throws {RequestError} `invalid-captures`, `other-build`, `expired-captures`
   */
  async checkTokens(tokens: RequestTokens): Promise<void> {
    const checks = this.#sealed().map(({id, firstBound}) =>
      tokens.check({id, serverFunction: this.get(id), token: firstBound}),
    );
    await Promise.all(checks);
  }

  #sealed(): NamedFunction[] {
    return this.#named.filter(({id}) => sealedShape(this.get(id)) !== undefined);
  }

  /** The reference that calls go through: one for each id, as the same function is the same object. */
  readonly refersTo = (id: string, serverFunction: ServerFunction): object => {
    let reference = this.#references?.get(id);
    if (!reference) {
      const call = (...args: unknown[]) => {
        const result = this.#call(id, serverFunction, args);
        return isListening(args) ? undefined : result;
      };
      const registered = registerServerReference(call, id, null) as unknown as ServerReference;
      reference = markPassed(registered, id);
      (this.#references ??= new Map()).set(id, reference);
    }
    return reference;
  };

  #entry(id: string): ManifestEntry {
    let entry = this.#entries?.get(id);
    if (!entry) {
      const reference = this.refersTo(id, this.get(id));
      // React hands `id` to the shim untouched; see moduleShim.ts for why it is an object.
      entry = {id: presentModule({reference}) as never, chunks: [], name: 'reference'};
      (this.#entries ??= new Map()).set(id, entry);
    }
    return entry;
  }
}

/**
 * Whether an `EventTarget` is calling, which ignores what a listener returns. Node's does not ignore promises:
 * what one rejects with ends the process, even where it is handled (`addCatch` in lib/internal/event_target.js).
 */
function isListening(args: unknown[]): boolean {
  const event = args.at(-1);
  // Not 0 while it is being dispatched: https://dom.spec.whatwg.org/#dom-event-eventphase
  return typeof Event === 'function' && event instanceof Event && event.eventPhase !== 0;
}
