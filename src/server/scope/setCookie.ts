import {stringifySetCookie} from 'cookie';

/** Attributes of a cookie. */
export interface CookieOptions {
  /**
   * Path of the URLs that it is sent to.
   * @default '/'
   */
  path?: string | undefined;
  /**
   * Host that it is sent to, and the hosts below it.
   * @default none: this host alone
   */
  domain?: string | undefined;
  /**
   * Seconds until browsers forget it.
   * @default none: until the browser is closed
   */
  maxAge?: number | undefined;
  /** When browsers forget it; `maxAge` wins. */
  expires?: Date | undefined;
  /**
   * Whether it is hidden from scripts in the browser.
   * @default true
   */
  httpOnly?: boolean | undefined;
  /**
   * Whether it is sent over https alone.
   * @default true when the request came over https, in production with `trustProxy`, and for names that demand it
   */
  secure?: boolean | undefined;
  /**
   * Whether requests that other sites make have it: `'lax'` only when the browser goes to a page, `'strict'`
   * never, `'none'` always.
   * @default 'lax'
   */
  sameSite?: 'lax' | 'strict' | 'none' | undefined;
  /**
   * Whether it is kept apart for each site that embeds this one; needs `secure`.
   * @default false
   */
  partitioned?: boolean | undefined;
  /** Which cookies Chromium drops first when there are too many. */
  priority?: 'low' | 'medium' | 'high' | undefined;
}

const KNOWN: Record<keyof CookieOptions, true> = {
  path: true,
  domain: true,
  maxAge: true,
  expires: true,
  httpOnly: true,
  secure: true,
  sameSite: true,
  partitioned: true,
  priority: true,
};

/** Names by which browsers know what a cookie must be (RFC 6265bis, section 4.1.3). */
const SECURE_PREFIXES = ['__Secure-', '__Host-', '__Http-'];
const HTTP_ONLY_PREFIXES = ['__Http-', '__Host-Http-'];

/** Of name and value together; browsers drop larger ones without a word (RFC 6265bis, section 5.6). */
const MAX_SIZE = 4096;

/**
 * A `Set-Cookie` header with safe defaults.
 *
 * @param secureByDefault for a cookie that does not say
 * @throws TypeError for what browsers would refuse or cut
 */
export function formatCookie(
  name: string,
  value: string,
  options: CookieOptions,
  secureByDefault: boolean,
): string {
  if (typeof name !== 'string') throw new TypeError('The name of a cookie must be a string.');
  if (typeof value !== 'string') {
    throw new TypeError(
      `The value of the cookie ${JSON.stringify(name)} must be a string, but is of type ${typeof value}. Write String(...) or JSON.stringify(...).`,
    );
  }
  const cookie = {...withDefaults(name, options, secureByDefault), name, value};
  checkAttributes(cookie);
  const header = stringify(cookie);
  if (header.indexOf(';') > MAX_SIZE) {
    throw new TypeError(
      `The cookie ${JSON.stringify(name)} is larger than ${MAX_SIZE} bytes, which browsers refuse. Keep the data on the server, and a key to it in the cookie.`,
    );
  }
  return header;
}

/** A `Set-Cookie` header that makes browsers forget the cookie of this name, domain and path. */
export function deletedCookie(
  name: string,
  options: Pick<CookieOptions, 'path' | 'domain'>,
  secureByDefault: boolean,
): string {
  const {path, domain} = options;
  const attributes = {...(path && {path}), ...(domain && {domain})};
  return formatCookie(name, '', {...attributes, maxAge: 0, expires: new Date(0)}, secureByDefault);
}

type Cookie = CookieOptions & {name: string; value: string};

function withDefaults(name: string, options: CookieOptions, secure: boolean): CookieOptions {
  for (const option of Object.keys(options)) {
    if (!Object.hasOwn(KNOWN, option)) {
      throw new TypeError(
        `Cookies have no option "${option}". There are: ${Object.keys(KNOWN).join(', ')}.`,
      );
    }
  }
  const given = Object.entries(options).filter(([, value]) => value !== undefined);
  return {
    path: '/',
    httpOnly: true,
    sameSite: 'lax',
    secure: secure || SECURE_PREFIXES.some((prefix) => hasPrefix(name, prefix)),
    ...Object.fromEntries(given),
  };
}

/** What the library leaves to the browser, which refuses the cookie without a word. */
function checkAttributes(cookie: Cookie): void {
  const {name, secure, httpOnly, path, domain, sameSite, partitioned} = cookie;
  const refuse = (rule: string) => {
    throw new TypeError(`Browsers refuse the cookie ${JSON.stringify(name)}: ${rule}.`);
  };
  if (typeof path !== 'string' || !path.startsWith('/')) refuse('its path must begin with "/"');
  for (const prefix of SECURE_PREFIXES) {
    if (hasPrefix(name, prefix) && !secure) refuse(`the prefix ${prefix} demands {secure: true}`);
  }
  for (const prefix of HTTP_ONLY_PREFIXES) {
    if (hasPrefix(name, prefix) && !httpOnly) {
      refuse(`the prefix ${prefix} demands {httpOnly: true}`);
    }
  }
  if (hasPrefix(name, '__Host-')) {
    if (path !== '/') refuse('the prefix __Host- demands the path "/"');
    if (domain !== undefined) refuse('the prefix __Host- allows no domain');
  }
  if (sameSite === 'none' && !secure) refuse('{sameSite: "none"} demands {secure: true}');
  if (partitioned && !secure) refuse('{partitioned: true} demands {secure: true}');
}

function hasPrefix(name: string, prefix: string): boolean {
  return name.toLowerCase().startsWith(prefix.toLowerCase());
}

/** The library checks every part against the grammar, so that nothing can break out of the header. */
function stringify(cookie: Cookie): string {
  try {
    return stringifySetCookie(cookie);
  } catch (cause) {
    throw new TypeError(
      `The cookie ${JSON.stringify(cookie.name)} cannot be set: ${(cause as Error).message}.`,
      {cause},
    );
  }
}
