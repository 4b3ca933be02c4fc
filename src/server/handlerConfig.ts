import type {ReactFormState} from 'react-dom/client';
import type {AppPage} from './answer/answer.ts';
import type {OnCall} from './call/callReport.ts';
import type {Middleware} from './call/middleware.ts';
import type {OnError} from './call/reportError.ts';
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
  error: unknown;
  /** What `onError` was told, when the server function threw. */
  digest?: string;
  /** What people may read. In production it tells nothing of the error. */
  message: string;
}

/** Answers a form that was posted without JavaScript, after its server function has run. */
export type RenderForm = (
  request: Request,
  context: {formState: FormState | null},
) => Response | Promise<Response>;

/** Answers a form that was posted without JavaScript and has no result. */
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
    | ((
        incoming: Incoming,
        context: {formState: FormState | null},
        head: PageHead,
      ) => Promise<AppPage>)
    | undefined;
  renderError:
    ((incoming: Incoming, failure: FormFailure, head: PageHead) => Promise<AppPage>) | undefined;
}

/** Renders the page that the caller of a function shows. */
export type RenderPage = (request: Request, context: {id: string}) => unknown;

/**
 * Looks at a request before its body is read.
 *
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
  onError: OnError;
}
