import type {ReactFormState} from 'react-dom/client';
import type {AppPage} from './answer/answer.ts';
import type {OnCall} from './call/callReport.ts';
import type {Middleware} from './call/middleware.ts';
import type {ErrorListener} from './call/reportError.ts';
import type {StartTrace, Trace} from './call/trace.ts';
import type {ServerFunctions} from './manifest/manifest.ts';
import type {Incoming} from './request/incoming.ts';
import type {DecodingLimits} from './request/limits.ts';
import type {OriginPolicy} from './request/originCheck.ts';
import type {BodyLimits} from './request/readBody.ts';
import type {RevalidationTarget} from './scope/requestScope.ts';

/** What `useActionState` needs to go on with the result of a form: `formState` of `renderToPipeableStream`. */
export type FormState = ReactFormState;

/** Why a form without JavaScript has no result. */
export interface FormFailure {
  /** For the answer. */
  status: number;
  /** What was thrown: a `RequestError` where the form was refused. */
  error: unknown;
  /** What `onError` was told, when the server function threw. */
  digest?: string;
  /** What people may read. In production it tells nothing of the error. */
  message: string;
}

/** What a form that was posted without JavaScript has brought. */
export interface FormResult {
  /** For the render to HTML and for `hydrateRoot`; null unless the form is one of `useActionState`. */
  formState: FormState | null;
  /** What the server function returned. Where `formState` is null, streams in it have been closed. */
  result: unknown;
}

/**
 * Answers a form that was posted without JavaScript, after its server function has run.
 *
 * @param request of the form; `withRequest` of it has the cookies as the function left them
 * @param outcome see {@link FormResult}
 */
export type RenderForm = (request: Request, outcome: FormResult) => Response | Promise<Response>;

/**
 * Answers a form that was posted without JavaScript and has no result.
 *
 * @param request of the form
 * @param failure why it has no result
 */
export type RenderFormError = (
  request: Request,
  failure: FormFailure,
) => Response | Promise<Response>;

/** What an answer to a form has beside its page. */
export interface PageHead {
  /** Values of `Set-Cookie` headers. */
  cookies: readonly string[];
  headers: Readonly<Record<string, string>>;
}

/** How the app answers forms, through the door that the request came by. */
export interface FormPages {
  render:
    ((incoming: Incoming, outcome: FormResult, head: PageHead) => Promise<AppPage>) | undefined;
  /** Gives nothing where it is too late for a page. */
  renderError:
    | ((incoming: Incoming, failure: FormFailure, head: PageHead) => Promise<AppPage | undefined>)
    | undefined;
}

/**
 * Renders the page that the caller of a function shows.
 *
 * @param request a `GET` for that page
 * @param context.id the server function that was called
 * @returns what the page is made of: an element, or an object that holds one
 */
export type RenderPage = (request: Request, context: {id: string}) => unknown;

/**
 * Looks at a request before its body is read.
 *
 * @param request whose body is unread
 * @param context.id the server function, where the request names one that there is; unknown for forms
 *   without JavaScript, which name theirs in the body
 */
export type OnRequest = (request: Request, context: {id: string | undefined}) => unknown;

/** Milliseconds that a call may take. */
export type Timeout = number | ((context: {id: string; request: Request}) => number);

/** The options of a handler, checked and filled in. */
export interface HandlerConfig {
  functions: ServerFunctions;
  clientManifest: object;
  endpoint: string;
  pages: FormPages;
  renderPage: RenderPage | undefined;
  /** Also after calls that changed nothing that the handler knows of. */
  rendersEveryPage: boolean;
  cache: RevalidationTarget | undefined;
  body: BodyLimits;
  timeout: Timeout;
  limits: DecodingLimits;
  origins: OriginPolicy;
  onRequest: OnRequest | undefined;
  middleware: readonly Middleware[];
  onCall: OnCall | undefined;
  onError: ErrorListener;
  /** In development. */
  startTrace: StartTrace | undefined;
  /** Of the request that is being answered. */
  trace: Trace | undefined;
}
