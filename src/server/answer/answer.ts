import type {UnreadAnswer} from './unreadAnswer.ts';

/** An answer of the handler's own, before a door writes it. */
export interface Answer {
  status: number;
  headers: Record<string, string>;
  /** Values of `Set-Cookie` headers. */
  cookies?: readonly string[];
  body?: string | UnreadAnswer;
}

/** A page with which the app answers a form: a web `Response`, or what it has written to Node's response. */
export type AppPage = {page: Response} | 'sent';

/** What answers a request. */
export type Reply = Answer | AppPage;

/** The same answer with what the server function did with cookies. */
export function withCookies(answer: Answer, cookies: readonly string[]): Answer {
  return cookies.length === 0 ? answer : {...answer, cookies};
}
