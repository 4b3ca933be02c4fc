import type {Answer, Reply} from './answer.ts';
import {UnreadAnswer} from './unreadAnswer.ts';

/** An answer as a web `Response`. */
export async function toResponse(reply: Exclude<Reply, 'sent'>): Promise<Response> {
  if ('page' in reply) return reply.page;
  if (reply.body instanceof UnreadAnswer) await reply.body.ready;
  return responseOf(reply);
}

function responseOf({status, headers, cookies = [], body}: Answer): Response {
  const content = body instanceof UnreadAnswer ? (body.whole() ?? body.stream()) : body;
  return new Response((content ?? null) as BodyInit | null, {
    status,
    headers:
      cookies.length === 0 ? headers : [...Object.entries(headers), ...cookies.map(asSetCookie)],
  });
}

/** The same page with more cookies. */
export function addCookies(page: Response, cookies: readonly string[]): Response {
  if (cookies.length === 0) return page;
  // Copied: the headers of a redirection cannot be changed.
  const {body, status, statusText} = page;
  const headers = new Headers(page.headers);
  for (const cookie of cookies) headers.append('Set-Cookie', cookie);
  return new Response(body, {status, statusText, headers});
}

/** A page that says what failed, with a status and headers that say so too. */
export function withFailureStatus(
  page: Response,
  status: number,
  added: Readonly<Record<string, string>>,
): Response {
  if (page.status !== 200 && Object.keys(added).length === 0) return page;
  const headers = new Headers(page.headers);
  for (const [name, value] of Object.entries(added)) headers.set(name, value);
  return new Response(page.body, {status: page.status === 200 ? status : page.status, headers});
}

function asSetCookie(cookie: string): [name: string, value: string] {
  return ['Set-Cookie', cookie];
}
