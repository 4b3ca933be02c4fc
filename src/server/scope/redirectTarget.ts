import {trimEnds} from '../request/trimEnds.ts';

/**
 * Checks where a redirect leads, and writes it as browsers do.
 *
 * The target is read by the rules of the WHATWG URL standard, https://url.spec.whatwg.org, as browsers
 * read it, and what they made of it is sent: a space becomes `%20`, `é` becomes `%C3%A9`, and spaces around
 * it are dropped. Refused is what leaves the site, or what they read otherwise than it looks.
 *
 * @param url what the app wrote; often it holds a piece of a request
 * @param options.origin of this server
 * @param options.external allow every origin
 * @returns a path of this origin, or the whole URL of another one, in ASCII and safe as a header
 * @throws TypeError that says what to write
 */
export function checkRedirectTarget(
  url: string | URL,
  {origin, external}: {origin: string | undefined; external: boolean},
): string {
  // As the standard does, so that a search for "a " does not fail.
  const text = trimEnds(String(url), ' ');
  refuseMisleading(text);
  if (text.startsWith('/')) return sitePath(new URL(text, 'http://site'));
  if (!URL.canParse(text)) {
    throw refusal(
      text,
      'a relative URL would lead to different places with and without JavaScript: begin it with "/"',
    );
  }
  return checkWholeUrl(new URL(text), text, origin, external);
}

/**
 * Path, query and fragment of a URL, which lead to this site from everywhere on it: a path that begins
 * with `//` would lead to another one.
 */
export function sitePath({pathname, search, hash}: URL): string {
  return (pathname.startsWith('//') ? `/.${pathname}` : pathname) + search + hash;
}

/** @throws TypeError for what browsers read otherwise than it looks */
function refuseMisleading(text: string): void {
  // oxlint-disable-next-line no-control-regex -- they are what is looked for
  if (/[\u0000-\u001f\u007f]/.test(text)) {
    throw refusal(
      text,
      'it has a control character, and browsers drop those that are tabs or line breaks: encode it with encodeURIComponent()',
    );
  }
  if (/^[^?#]*\\/.test(text)) {
    throw refusal(
      text,
      'it has a backslash, which browsers take for "/": encode it with encodeURIComponent()',
    );
  }
  if (text.startsWith('//'))
    throw refusal(text, 'it begins with "//", which leads to another site');
}

function checkWholeUrl(
  url: URL,
  text: string,
  origin: string | undefined,
  external: boolean,
): string {
  if (url.protocol !== 'http:' && url.protocol !== 'https:') {
    throw refusal(text, `"${url.protocol}" is not a web page`);
  }
  if (url.username !== '' || url.password !== '') throw refusal(text, 'it holds a user name');
  if (url.origin === origin) return sitePath(url);
  if (external) return url.href;
  throw refusal(
    text,
    'it leads to another origin. If that is meant, and no request can choose it, write redirect(url, {external: true})',
  );
}

function refusal(url: string, reason: string): TypeError {
  return new TypeError(`redirect(${JSON.stringify(url)}) is refused: ${reason}.`);
}
