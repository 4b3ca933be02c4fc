/** Statuses that leave the page as it is. */
const EMPTY = new Set([204, 205]);

/** Media types that browsers show. Those of text that they save are RFC 4180's and other tables and cards. */
const SHOWN =
  /^(text\/(?!(x-)?(csv|comma-separated-values|tab-separated-values|calendar|vcard|rtf)\b)|image\/|audio\/|video\/|multipart\/|application\/(json|pdf|xml|javascript|[\w.-]+\+(xml|json))\b)/i;

/** How servers answer a HEAD request that they do not know. */
const WITHOUT_HEAD = new Set([404, 405, 501]);

/**
 * Asks the server whether a browser that goes to a URL stays on its page: it does for a download and for an
 * answer without content.
 *
 * @returns `false` also when that is not known
 */
export async function staysOnPage(url: URL, signal: AbortSignal): Promise<boolean> {
  if (url.origin !== location.origin) return false;
  try {
    const head = await ask('HEAD', url, signal);
    return keepsPage(WITHOUT_HEAD.has(head.status) ? await ask('GET', url, signal) : head);
  } catch {
    return false;
  }
}

async function ask(method: string, url: URL, signal: AbortSignal): Promise<Response> {
  const response = await fetch(url, {method, cache: 'no-store', signal});
  response.body?.cancel().catch(() => {});
  return response;
}

function keepsPage({ok, status, headers}: Response): boolean {
  return EMPTY.has(status) || (ok && isDownload(headers));
}

function isDownload(headers: Headers): boolean {
  const disposition = headers.get('content-disposition')?.trim() ?? '';
  // Any other than `inline` is an attachment: RFC 6266, section 4.2.
  if (/^[^;=]+(;|$)/.test(disposition) && !/^inline\b/i.test(disposition)) return true;
  const type = headers.get('content-type');
  return type !== null && !SHOWN.test(type);
}
