import type {AppPage} from '../answer/answer.ts';
import type {FormFailure, FormPages, FormResult, PageHead} from '../handlerConfig.ts';
import type {NodeIncoming} from '../request/nodeIncoming.ts';
import {addCookies, setHeaders, type NodeResponse} from './nodeResponse.ts';

/**
 * Answers a form that was posted without JavaScript, after its server function has run.
 *
 * @param request of the form
 * @param response to write the page to
 * @param outcome see {@link FormResult}
 */
export type RenderNodeForm<Req, Res> = (
  request: Req,
  response: Res,
  outcome: FormResult,
) => unknown;

/**
 * Answers a form that was posted without JavaScript and has no result.
 *
 * @param request of the form
 * @param response to write the page to; its status is set already
 * @param failure why it has no result
 */
export type RenderNodeFormError<Req, Res> = (
  request: Req,
  response: Res,
  failure: FormFailure,
) => unknown;

/** The response of each request that the handler works on. */
export type Responses = WeakMap<object, NodeResponse>;

/** Answers forms by what the app writes to Node's response. */
export function nodePages(
  options: {
    render?: RenderNodeForm<any, any> | undefined;
    renderError?: RenderNodeFormError<any, any> | undefined;
  },
  responses: Responses,
): FormPages {
  const {render, renderError} = options;
  const responseOf = ({key}: {key: object}) => responses.get(key)!;
  return {
    render:
      render &&
      (async (incoming, outcome, head) => {
        const {nodeRequest, isHttp2} = incoming as NodeIncoming;
        const response = responseOf(incoming);
        // By middleware with a deadline, say.
        if (response.headersSent) return 'sent';
        const work = () => render(nodeRequest, response, outcome);
        return letWrite('render', response, {...head, status: 200, isHttp2}, work);
      }),
    renderError:
      renderError &&
      (async (incoming, failure, head) => {
        const {nodeRequest, isHttp2} = incoming as NodeIncoming;
        const response = responseOf(incoming);
        // A page cannot begin behind another one, and to write behind its end would end the process.
        if (response.headersSent) return undefined;
        const work = () => renderError(nodeRequest, response, failure);
        return letWrite('renderError', response, {...head, status: failure.status, isHttp2}, work);
      }),
  };
}

/** The app finds status, headers and cookies in the response. They are taken back when it fails. */
async function letWrite(
  option: string,
  response: NodeResponse,
  {status, cookies, headers, isHttp2}: PageHead & {status: number; isHttp2: boolean},
  work: () => unknown,
): Promise<AppPage> {
  const before = {...response.getHeaders()};
  response.statusCode = status;
  setHeaders(response, headers, isHttp2);
  addCookies(response, cookies);
  try {
    const given = await work();
    if (given instanceof Response || typeof given === 'string') {
      const kind = typeof given === 'string' ? 'string' : 'web Response';
      throw new TypeError(
        `${option} of createNodeHandler gave a ${kind}. Write the page to the second argument, Node's response: ${option}(request, response, context).`,
      );
    }
    return 'sent';
  } catch (error) {
    if (!response.headersSent) restore(response, before);
    throw error;
  }
}

function restore(response: NodeResponse, before: ReturnType<NodeResponse['getHeaders']>): void {
  response.statusCode = 200;
  for (const name of Object.keys(response.getHeaders())) response.removeHeader(name);
  for (const [name, value] of Object.entries(before)) response.setHeader(name, value as string);
}
