import {takeCallOptions} from '../client/callOptions.ts';
import type {CallServer} from '../client/createCallServer.ts';

/**
 * Makes what a component can call in the place of an imported server function. It gives a promise, as the
 * function in the browser does, and takes the options of `withCallOptions`, which `implementation` does not get.
 *
 *     const search = vi.fn();
 *     vi.mock('./actions.js', () => ({search: mockServerFunction(search)}));
 *
 * @param implementation gets the arguments; a mock of your test runner, most often
 * @returns the function for the component
 */
export function mockServerFunction<Arguments extends unknown[], Result>(
  implementation: (...args: Arguments) => Result | Promise<Result>,
): (...args: Arguments) => Promise<Result> {
  return async (...args) => implementation(...(takeCallOptions(args).args as Arguments));
}

/** Implementations by the id of the server function: path of its module from the root, `#`, its export. */
export type ServerFunctionMocks = Record<string, (...args: any[]) => unknown>;

/** What {@link createMockCallServer} makes. */
export interface MockCallServer {
  /** For the option `callServer` of the plugin: what imported server functions are called by. */
  callServer: CallServer;
  /**
   * Adds mocks; one of the same id takes the place of an earlier one.
   *
   * @returns a function that takes these away again, and puts back those that were there before
   */
  mockServerFunctions: (mocks: ServerFunctionMocks) => () => void;
}

/**
 * Makes a `callServer` that calls mocks, for bundles without a server, as of Storybook. What has no mock
 * rejects with an error that names it.
 *
 *     export const {callServer, mockServerFunctions} = createMockCallServer();
 *
 * @param mocks that are always there; default: none
 */
export function createMockCallServer(mocks: ServerFunctionMocks = {}): MockCallServer {
  let layers: ServerFunctionMocks[] = [mocks];
  return {
    async callServer(id, args) {
      const mock = layers.findLast((layer) => Object.hasOwn(layer, id))?.[id];
      if (!mock) throw notMocked(id);
      return mock(...takeCallOptions(args).args);
    },
    mockServerFunctions(added) {
      // A copy, so that the same object can be added twice and taken away once.
      const layer = {...added};
      layers.push(layer);
      return () => {
        layers = layers.filter((other) => other !== layer);
      };
    },
  };
}

function notMocked(id: string): Error {
  return new Error(
    `The server function ${id} has no mock. Write mockServerFunctions({${JSON.stringify(id)}: async () => {…}}).`,
  );
}
