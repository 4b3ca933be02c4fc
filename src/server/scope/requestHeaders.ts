import {currentScope} from './currentScope.ts';

/** Headers that can only be read. */
export type ReadonlyHeaders = Omit<Headers, 'append' | 'delete' | 'set'>;

/**
 * The headers of the request. `await headers()` gives the same. They come from the client: believe
 * what they say as far as you believe the client.
 *
 * @throws Error outside a request
 */
export function headers(): ReadonlyHeaders {
  return new RequestHeaders(currentScope('headers()').request.headers);
}

class RequestHeaders extends Headers {
  override append = refuse;
  override delete = refuse;
  override set = refuse;
}

function refuse(): never {
  throw new TypeError('headers() are those of the request: they cannot be changed.');
}
