// A form that was posted without JavaScript is answered by a redirect to its page, so that "reload" does not post
// it twice. What the page then has to show waits here, for the browser that has the cookie. With several
// processes it would wait where the sessions are.
import {randomUUID} from 'node:crypto';
import {cookies, withRequest} from 'use-server-webpack-plugin/server';
import type {Payload} from '../payload.ts';
import {telling, type Exchange} from '../travel/exchange.ts';
import {partsOfForm} from '../travel/partsOfForm.ts';

export interface FormAnswer {
  /** For the `useActionState` of the form. */
  formState: Payload['formState'];
  /** What the browser has posted, for the panel "What travelled". */
  post?: Exchange | undefined;
}

const COOKIE = 'form-answer';
const SECONDS = 60;
/** Larger posts are not kept to be shown. */
const LARGEST_SHOWN = 100_000;

const answers = new Map<string, FormAnswer>();

/** Leads to the page of the form, which gets the answer from {@link takeFormAnswer}. */
export function redirectToAnswer(url: string, answer: FormAnswer): Response {
  const id = randomUUID();
  answers.set(id, answer);
  setTimeout(() => answers.delete(id), SECONDS * 1000).unref();
  return new Response(null, {
    status: 303,
    headers: {Location: url, 'Set-Cookie': cookie(url, id, SECONDS)},
  });
}

/** The answer that waits for this browser on this page, once. */
export function takeFormAnswer(request: Request): FormAnswer | undefined {
  const id = withRequest(request, () => cookies().get(COOKIE)?.value);
  const answer = answers.get(id ?? '');
  if (id) answers.delete(id);
  return answer;
}

/** Takes the cookie away, with the page that has taken the answer. */
export const forgetFormAnswer = (url: string): string => cookie(url, '', 0);

function cookie(url: string, value: string, seconds: number): string {
  const {pathname} = new URL(url);
  return `${COOKIE}=${value}; Path=${pathname}; Max-Age=${seconds}; HttpOnly; SameSite=Lax`;
}

/** What a browser posts by itself, without JavaScript. Reads a copy. */
export async function readPost(request: Request): Promise<Exchange | undefined> {
  const isForm = request.headers.get('content-type')?.startsWith('multipart/form-data');
  if (!isForm || request.headers.has('x-action-id')) return undefined;
  // Browsers say how large a form is. Whoever does not may send without an end.
  const size = request.headers.get('content-length');
  if (size === null || !(Number(size) < LARGEST_SHOWN)) return undefined;
  const form = await request
    .clone()
    .formData()
    .catch(() => undefined);
  // The handler says what is wrong with it.
  if (!form) return undefined;
  const {pathname, search} = new URL(request.url);
  return {
    method: request.method,
    path: pathname + search,
    headers: telling(request.headers),
    body: partsOfForm(form),
    answer: {status: 303, headers: [['location', pathname + search]], rows: []},
    end: {how: 'a form without JavaScript: the browser asks for the page again', at: 0},
  };
}
