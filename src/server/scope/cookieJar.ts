import {parseCookie, stringifyCookie} from 'cookie';
import {deletedCookie, formatCookie, type CookieOptions} from './setCookie.ts';

/** The cookies of one request, and what a server function changed. */
export class CookieJar {
  readonly #request: {header: string; secure: () => boolean};
  /** `Set-Cookie` by name, domain and path: what browsers tell cookies apart by. */
  readonly #changes = new Map<string, string>();
  #parsed: Map<string, string> | undefined;

  /**
   * @param header the request's `Cookie`
   * @param options.secure whether cookies are `Secure` unless told otherwise
   */
  constructor(header: string, {secure}: {secure: () => boolean}) {
    this.#request = {header, secure};
  }

  /** Read when they are needed: most functions do not look at them. */
  get #values(): Map<string, string> {
    // `Object.entries` gives own properties, so names like `__proto__` are nothing special.
    this.#parsed ??= new Map(
      Object.entries(parseCookie(this.#request.header) as Record<string, string>),
    );
    return this.#parsed;
  }

  get(name: string): string | undefined {
    return this.#values.get(name);
  }

  entries(): [name: string, value: string][] {
    return [...this.#values];
  }

  /** @throws TypeError for what browsers would refuse */
  set(name: string, value: string, options: CookieOptions): void {
    this.#change(name, options, formatCookie(name, value, options, this.#request.secure()));
    this.#values.set(name, value);
  }

  /** @throws TypeError for what browsers would refuse */
  delete(name: string, options: Pick<CookieOptions, 'path' | 'domain'>): void {
    this.#change(name, options, deletedCookie(name, options, this.#request.secure()));
    this.#values.delete(name);
  }

  get changed(): boolean {
    return this.#changes.size > 0;
  }

  /** Values of the `Set-Cookie` headers of the answer. */
  setCookieHeaders(): string[] {
    return [...this.#changes.values()];
  }

  /** The `Cookie` header of a request that a browser with these cookies would send next. */
  cookieHeader(): string {
    return this.entries().flatMap(formatPair).join('; ');
  }

  #change(name: string, {domain = '', path = '/'}: CookieOptions, header: string): void {
    const key = JSON.stringify([name, domain.toLowerCase().replace(/^\./, ''), path]);
    // At the end: browsers apply the headers in order.
    this.#changes.delete(key);
    this.#changes.set(key, header);
  }
}

/** Browsers may hold names that the library refuses to write; they could not have been read either. */
function formatPair([name, value]: [string, string]): string[] {
  try {
    return [stringifyCookie({[name]: value})];
  } catch {
    return [];
  }
}
