import {FLIGHT_TYPE} from '../references/protocol.ts';
import {UnexpectedResponseError} from './errors.ts';

const isProduction = process.env['NODE_ENV'] === 'production';

/** What gateways, proxies and pages to log in say by a status. */
const CODES = new Map([
  [401, 'unauthorized'],
  [403, 'forbidden'],
  [429, 'too-many-requests'],
  [502, 'unavailable'],
  [503, 'unavailable'],
  [504, 'unavailable'],
]);

/** The error for an answer that does not come from the handler. */
export function unexpectedResponse(response: Response, id: string): UnexpectedResponseError {
  const {status, headers, redirected} = response;
  const type = headers.get('content-type') ?? 'no content type';
  const code = CODES.get(status) ?? (redirected ? 'unexpected-redirect' : 'unexpected-response');
  const instead = `${response.url || 'the endpoint'} answered with status ${status} and ${type}`;
  const advice = isProduction
    ? ''
    : ` The handler answers with ${FLIGHT_TYPE}: does the endpoint lead to it?`;
  return new UnexpectedResponseError(
    `The server function ${id} could not be called: ${instead}.${advice}`,
    {id, code, response},
  );
}

/** The error for an answer that claims to be a Flight stream, and does not begin as one. */
export function notFlight(response: Response, id: string): UnexpectedResponseError {
  return new UnexpectedResponseError(
    `The server function ${id} could not be called: ${response.url || 'the endpoint'} answered with text that is not ${FLIGHT_TYPE}, as it claims.`,
    {id, code: 'unexpected-response', response},
  );
}

/** The error for a request that was redirected to where the browser does not let scripts follow, or in a circle. */
export function unreadableRedirect(id: string, cause: unknown): UnexpectedResponseError {
  return new UnexpectedResponseError(
    `The server function ${id} could not be called: the request was redirected to what cannot be read, such as a page of another site.`,
    {
      id,
      code: 'unexpected-redirect',
      response: {status: 0, redirected: true, headers: new Headers()},
      cause,
    },
  );
}
