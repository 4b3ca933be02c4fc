import type {Compiler} from 'webpack';

type Logger = Pick<ReturnType<Compiler['getInfrastructureLogger']>, 'info' | 'status'>;

/** Milliseconds of silence: most scans are over by then. */
const SILENCE = 1500;
/** Milliseconds from one count to the next. */
const INTERVAL = 500;

export interface ScanProgressOptions {
  /** Files that are looked through. */
  total: number;
  /** The terminal takes no line back, so that there is one count only. */
  isAppendOnly: boolean;
  /** Milliseconds. */
  now?: () => number;
}

/**
 * Tells how far a long scan is, in webpack's log of its infrastructure. `ProgressPlugin` has no way to say what a
 * plugin does while modules are built: its handler shows the modules meanwhile.
 */
export class ScanProgress {
  readonly #logger: Logger;
  readonly #options: ScanProgressOptions;
  readonly #now: () => number;
  readonly #start: number;
  #done = 0;
  #shownAt: number | undefined;

  constructor(logger: Logger, options: ScanProgressOptions) {
    this.#logger = logger;
    this.#options = options;
    this.#now = options.now ?? (() => performance.now());
    this.#start = this.#now();
  }

  /** To be called for each file. */
  fileDone(): void {
    this.#done++;
    const {total, isAppendOnly} = this.#options;
    const now = this.#now();
    if (now - this.#start < SILENCE) return;
    if (this.#shownAt !== undefined && (isAppendOnly || now - this.#shownAt < INTERVAL)) return;
    this.#shownAt = now;
    const text = `Looking for "use server" and "use client": ${number(this.#done)} of ${number(total)} files`;
    if (isAppendOnly) this.#logger.info(text);
    else this.#logger.status(text);
  }

  /** To be called at the end. */
  end(): void {
    if (this.#shownAt === undefined) return;
    const seconds = ((this.#now() - this.#start) / 1000).toFixed(1);
    if (!this.#options.isAppendOnly) this.#logger.status();
    this.#logger.info(
      `Looked through ${number(this.#options.total)} files in ${seconds} s. The options "include" and "exclude" say which ones; with cache: {type: 'filesystem'} webpack remembers what is in them.`,
    );
  }
}

function number(count: number): string {
  return count.toLocaleString('en');
}
