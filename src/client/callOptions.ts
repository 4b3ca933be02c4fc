/** How one call is made. */
export interface CallOptions {
  /** Stops the call, and what streams in of its result, when it is aborted. */
  signal?: AbortSignal | undefined;
  /** Sends this call, in place of the `fetch` of `createCallServer`. */
  fetch?: typeof globalThis.fetch | undefined;
}

/** Travels as the last argument from {@link withCallOptions} to `callServer`, which takes it out. */
class AttachedOptions {
  readonly options: CallOptions;
  taken = false;

  constructor(options: CallOptions) {
    this.options = options;
  }
}

/**
 * The same server function, for one call with options of its own:
 *
 *     const notes = await withCallOptions({signal}, searchNotes)('milk');
 *
 * They travel beside the arguments, so they also reach a function that is bound, or that runs later.
 *
 * @param options see {@link CallOptions}
 * @param serverFunction a server function
 * @returns a function that rejects with a TypeError when what it calls is not a server function
 */
export function withCallOptions<Arguments extends unknown[], Result>(
  options: CallOptions,
  serverFunction: (...args: Arguments) => Promise<Result>,
): (...args: Arguments) => Promise<Result> {
  return async (...args) => {
    const attached = new AttachedOptions(options);
    const call = serverFunction as (...args: unknown[]) => Promise<Result>;
    const result = await call(...args, attached);
    if (!attached.taken) throw notTaken();
    return result;
  };
}

/** The arguments that the server gets, and the options that came with them. */
export function takeCallOptions(args: unknown[]): {args: unknown[]; options: CallOptions} {
  const last = args.at(-1);
  if (!(last instanceof AttachedOptions)) return {args, options: {}};
  last.taken = true;
  return {args: args.slice(0, -1), options: last.options};
}

function notTaken(): TypeError {
  return new TypeError(
    'withCallOptions: what was called is not a server function, or its callServer does not hand its arguments on to one that createCallServer() made.',
  );
}
