import {CookieJar} from './cookieJar.ts';
import {isDevelopment} from '../platform/mode.ts';
import type {Incoming} from '../request/incoming.ts';
import {serverOrigin} from '../request/originCheck.ts';

/** What `revalidatePath()` and `revalidateTag()` call: the cache of the app. */
export interface RevalidationTarget {
  /**
   * Makes stale what is shown on a page.
   *
   * @param path of the page's URL
   */
  revalidatePath(path: string): void | Promise<void>;
  /**
   * Makes stale what is kept under a tag.
   *
   * @param tag as it was given to the cache
   */
  revalidateTag(tag: string): void | Promise<void>;
}

/**
 * What may still be done in answer to the request: everything while the server function runs; nothing
 * that belongs to the head of the answer once it has returned, or has run for too long; in a page, what
 * a page may do.
 */
type Phase = 'function' | 'answer' | 'expired' | 'page';

/** Whether forwarded headers count, and where the signal of the request comes from. */
interface RequestFacts {
  trustProxy: boolean;
  lifetime: {readonly signal: AbortSignal} | undefined;
}

/** What a scope knows in which a server function runs. */
export interface FunctionFacts extends RequestFacts {
  lifetime: {readonly signal: AbortSignal};
  /** `$$id` of the server function. */
  id: string;
  cache: RevalidationTarget | undefined;
  /** Whether there is anything to revalidate: a cache, or a page that is rendered again. */
  revalidates: boolean;
  /** For what fails when nothing waits for it any more. */
  onError: (error: unknown) => void;
}

/**
 * Everything that `cookies()`, `redirect()` and the others know about the request around them. What
 * costs is computed when it is asked for: most functions look at little of their request.
 */
export class RequestScope {
  readonly incoming: Incoming;
  readonly cookies: CookieJar;
  /** What the scope of a function knows besides; a page has none of it. */
  readonly function: FunctionFacts | undefined;
  readonly #facts: RequestFacts;
  readonly #revalidations: Promise<void>[] = [];
  #phase: Phase;
  #interruption: Error | undefined;

  private constructor(
    incoming: Incoming,
    facts: RequestFacts,
    functionFacts: FunctionFacts | undefined,
    cookies: CookieJar | undefined,
  ) {
    this.incoming = incoming;
    this.#facts = facts;
    this.function = functionFacts;
    this.#phase = functionFacts ? 'function' : 'page';
    this.cookies =
      cookies ?? new CookieJar(incoming.header('cookie') ?? '', {secure: () => this.#isSecure()});
  }

  /** The scope in which a server function runs. */
  static ofFunction(incoming: Incoming, facts: FunctionFacts): RequestScope {
    return new RequestScope(incoming, facts, facts, undefined);
  }

  /**
   * The scope in which a page is rendered.
   *
   * @param cookies as a server function of the same request left them
   */
  static ofPage(
    incoming: Incoming,
    {trustProxy, cookies}: {trustProxy: boolean; cookies?: CookieJar | undefined},
  ): RequestScope {
    return new RequestScope(incoming, {trustProxy, lifetime: undefined}, undefined, cookies);
  }

  /** The web `Request`, for the code of the app. */
  get request(): Request {
    return this.incoming.request;
  }

  get phase(): Phase {
    return this.#phase;
  }

  /** Of this server, as the browser sees it. */
  get origin(): string | undefined {
    return serverOrigin(this.incoming, this.#facts.trustProxy);
  }

  /** Aborted when nothing waits for the answer any more. */
  get signal(): AbortSignal {
    return (this.#facts.lifetime ?? this.request).signal;
  }

  /** What `redirect()` or `notFound()` threw last. */
  get interruption(): Error | undefined {
    return this.#interruption;
  }

  /** One for each `revalidatePath()` and `revalidateTag()`. */
  get revalidations(): readonly Promise<void>[] {
    return this.#revalidations;
  }

  interrupt(interruption: Error): void {
    this.#interruption = interruption;
  }

  addRevalidation(done: Promise<void>): void {
    this.#revalidations.push(done);
  }

  /** The function has ended, or its time has: the head of the answer can no longer be changed. */
  close(why: 'answer' | 'expired'): void {
    this.#phase = why;
  }

  #isSecure(): boolean {
    const behindProxy = this.#facts.trustProxy && !isDevelopment;
    return behindProxy || (this.origin?.startsWith('https:') ?? false) || this.#browserSaysHttps();
  }

  /** Where a proxy ends TLS and `trustProxy` was forgotten, the browser's own word for its origin is left. */
  #browserSaysHttps(): boolean {
    const {incoming} = this;
    return (
      incoming.header('sec-fetch-site') === 'same-origin' &&
      (incoming.header('origin')?.startsWith('https:') ?? false)
    );
  }
}

/**
 * The error of a helper that would change the head of an answer that is on its way.
 *
 * @param helper what was called
 */
export function tooLate({phase}: RequestScope, helper: string): Error | undefined {
  if (phase === 'answer') {
    return new Error(
      `${helper} was called after the server function had returned, when the answer was on its way. Call it before, and await what calls it.`,
    );
  }
  if (phase === 'expired') {
    return new Error(
      `${helper} was called after the deadline of the call had passed, when the answer was on its way. End the function when signal() is aborted, or raise the option "timeout" of the handler.`,
    );
  }
  return undefined;
}
