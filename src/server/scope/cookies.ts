import {currentScope} from './currentScope.ts';
import {tooLate, type RequestScope} from './requestScope.ts';
import type {CookieOptions} from './setCookie.ts';

/** A cookie as the browser sends it. */
export interface RequestCookie {
  /** Name of the cookie. */
  name: string;
  /** Its value, decoded. */
  value: string;
}

/** The cookies of the request; in a server function they can be changed. */
export interface CookieStore {
  /**
   * The first one of a name.
   *
   * @param name of the cookie
   */
  get(name: string): RequestCookie | undefined;
  /**
   * All, or those of one name.
   *
   * @param name of the cookies
   */
  getAll(name?: string): RequestCookie[];
  /**
   * Whether there is one of a name.
   *
   * @param name of the cookie
   */
  has(name: string): boolean;
  /**
   * Sets a cookie in the answer. It is read back at once, and by the page that answers the same request.
   *
   * @param name of the cookie; or name, value and attributes in one object
   * @param value a string; it is encoded
   * @param options attributes: see {@link CookieOptions}
   * @throws TypeError for what browsers would refuse, or what would break out of the header
   * @throws Error outside of a server function, and after it has returned
   */
  set(name: string, value: string, options?: CookieOptions): void;
  set(cookie: RequestCookie & CookieOptions): void;
  /**
   * Deletes a cookie. Path and domain must be those with which it was set.
   *
   * @param name of the cookie
   * @param options its path and domain
   * @throws as `set`
   */
  delete(name: string, options?: Pick<CookieOptions, 'path' | 'domain'>): void;
}

/**
 * The cookies of the request. `await cookies()` gives the same.
 *
 * Cookies that are set have `Path=/; HttpOnly; SameSite=Lax`, and `Secure` over https, unless the
 * options say otherwise. They are sent whether the function returns, throws or redirects.
 *
 * @throws Error outside a request
 */
export function cookies(): CookieStore {
  const scope = currentScope('cookies()');
  const jar = scope.cookies;
  const getAll = () => jar.entries().map(([name, value]) => ({name, value}));
  return {
    get(name) {
      const value = jar.get(name);
      return value === undefined ? undefined : {name, value};
    },
    getAll: (only) => getAll().filter(({name}) => only === undefined || name === only),
    has: (name) => jar.get(name) !== undefined,
    set(first: string | (RequestCookie & CookieOptions), second?: string, third?: CookieOptions) {
      checkWritable(scope, 'cookies().set()');
      const {name, value, ...options} =
        typeof first === 'object' ? first : {...third, name: first, value: second as string};
      jar.set(name, value, options);
    },
    delete(name, options = {}) {
      checkWritable(scope, 'cookies().delete()');
      jar.delete(name, options);
    },
  };
}

function checkWritable(scope: RequestScope, helper: string): void {
  if (scope.phase === 'page') {
    throw new Error(
      `${helper} was called while a page is rendered. Cookies can be changed in server functions only.`,
    );
  }
  const error = tooLate(scope, helper);
  if (error) throw error;
}
