import {handleRejections} from '../answer/discardResult.ts';
import type {RequestTokens} from '../captures/requestTokens.ts';
import {sealedShape} from '../captures/sealedExports.ts';
import {ignore} from '../platform/ignore.ts';
import {andThen, type MaybePromise} from '../platform/maybePromise.ts';
import {runInScope} from '../scope/currentScope.ts';
import type {RequestScope} from '../scope/requestScope.ts';
import type {EntryTrace} from './trace.ts';
import {runMiddleware, type Middleware, type MiddlewareContext} from './middleware.ts';

/** A server function, and what it is called with. */
export interface EnteredFunction {
  id: string;
  serverFunction: (...args: any[]) => unknown;
  /** As they were decoded: where the function takes captures, their token comes first. */
  args: readonly unknown[];
}

/** What all calls that one request makes have in common. */
export interface EntryContext {
  scope: RequestScope;
  tokens: RequestTokens;
  middleware: readonly Middleware[];
  /** Told of what fails in a result that a middleware has thrown away. */
  onError: (error: unknown) => void;
  /** For functions that may be called often, and give the same: objects whose rejections are handled. */
  handled?: WeakSet<object>;
  /** The same of results that a middleware has thrown away. */
  dropped?: WeakSet<object>;
  trace: EntryTrace | undefined;
}

/** What else is done on the way into a function. */
interface Steps {
  /** Checks that are made once its captures are open, before anything of the app runs. */
  check?: (() => Promise<void>) | undefined;
  /** Called right before the function runs; throws when it must not. */
  beforeRun?: () => void;
}

/**
 * The way into a server function, the same for the function of a request and for those that it passes
 * as arguments: captures are opened, then middleware runs, then the function.
 */
export class Entry {
  readonly #entered: EnteredFunction;
  readonly #context: EntryContext;
  readonly #steps: Steps;
  #hasRun = false;

  constructor(entered: EnteredFunction, context: EntryContext, steps: Steps = {}) {
    this.#entered = entered;
    this.#context = context;
    this.#steps = steps;
  }

  /** Whether the function itself has started: until then an error may be a refusal. */
  get hasRun(): boolean {
    return this.#hasRun;
  }

  /**
   * Enters, in the scope of the request.
   *
   * @returns what the function returns, or a middleware in its place
   * @throws {RequestError} when the captures cannot be opened, or a middleware refuses
   */
  enter(): unknown {
    return runInScope(this.#context.scope, () => {
      const isSealed = sealedShape(this.#entered.serverFunction) !== undefined;
      if (!isSealed && !this.#steps.check) return this.#runMiddleware(this.#entered.args);
      return this.#checkAndRun(isSealed);
    });
  }

  #checkAndRun(isSealed: boolean): unknown {
    const opened = isSealed ? this.#openCaptures() : this.#entered.args;
    const checked = this.#steps.check?.();
    if (!(opened instanceof Promise) && !checked) return this.#runMiddleware(opened);
    return this.#runChecked(opened, checked);
  }

  async #runChecked(
    opening: MaybePromise<readonly unknown[]>,
    checking: Promise<void> | undefined,
  ): Promise<unknown> {
    const [opened] = await Promise.all([opening, checking]);
    // Behind an await some runtimes do not know the scope.
    return runInScope(this.#context.scope, () => this.#runMiddleware(opened));
  }

  #openCaptures(): MaybePromise<readonly unknown[]> {
    const {id, serverFunction, args} = this.#entered;
    const [token, ...rest] = args;
    return andThen(this.#context.tokens.open({id, serverFunction, token}), (captures) => {
      this.#context.trace?.opened(captures.values);
      return [captures, ...rest];
    });
  }

  #runMiddleware(args: readonly unknown[]): unknown {
    const {middleware, scope, onError, handled, dropped} = this.#context;
    if (middleware.length === 0) return this.#runFunction(args);
    const {id} = this.#entered;
    const run = async () => {
      const value = await this.#runFunction(args);
      // Here as well as at the end of the call, as middleware may take its time.
      handleRejections(value, ignore, handled);
      return value;
    };
    const context: MiddlewareContext = {
      id,
      get request() {
        return scope.request;
      },
    };
    return runMiddleware(middleware, context, run, onError, dropped);
  }

  #runFunction(args: readonly unknown[]): unknown {
    this.#steps.beforeRun?.();
    this.#hasRun = true;
    const {trace} = this.#context;
    trace?.entered();
    // By its own name, so that stacks have that.
    const {serverFunction} = this.#entered;
    const value = serverFunction(...args);
    trace?.left(value);
    return value;
  }
}
