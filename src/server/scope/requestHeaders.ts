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
  return new (readonlyClass ??= makeReadonlyClass())(currentScope('headers()').incoming.headers);
}

let readonlyClass: ReturnType<typeof makeReadonlyClass> | undefined;

/** Not when this is loaded: test environments that imitate a browser may have no `Headers`. */
function makeReadonlyClass() {
  return class RequestHeaders extends Headers {
    override append = refuse;
    override delete = refuse;
    override set = refuse;

    constructor(headers: Headers) {
      // Not each of their classes knows that of another environment; all know pairs.
      super(headers instanceof Headers ? headers : [...headers]);
    }
  };
}

function refuse(): never {
  throw new TypeError('headers() are those of the request: they cannot be changed.');
}
