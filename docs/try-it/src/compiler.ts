import type {Module} from './address.ts';
import type {Compilation} from './compile.ts';

/** Compiles what is asked for last; what comes while the worker is busy and is outdated by then, never. */
export class Compiler {
  readonly #worker = new Worker(new URL('./worker.ts', import.meta.url));
  readonly #show: (compilation: Compilation, module: Module) => void;
  #current: Module | null = null;
  #next: Module | null = null;

  constructor(show: (compilation: Compilation, module: Module) => void) {
    this.#show = show;
    this.#worker.addEventListener('message', ({data}: MessageEvent<Compilation>) => {
      const module = this.#current!;
      this.#current = null;
      if (this.#next) this.compile(this.#next);
      this.#show(data, module);
    });
    // The worker goes on after what a message has thrown.
    this.#worker.addEventListener('error', () => {
      this.#current = null;
      if (this.#next) this.compile(this.#next);
    });
  }

  compile(module: Module): void {
    this.#next = this.#current ? module : null;
    if (this.#current) return;
    this.#current = module;
    this.#worker.postMessage(module);
  }
}
