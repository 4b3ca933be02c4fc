/*
 * `use-server-webpack-plugin/testing`: for tests of an application. It needs no `react-server` condition, no
 * compiler and no server.
 */
export {callInRequest} from './callInRequest.ts';
export type {MadeRequest} from './makeRequest.ts';
export type {CallInRequestOptions} from './options.ts';
export type {CallOutcome, CaughtOutcome, SentCookie} from './outcome.ts';
export {
  createMockCallServer,
  mockServerFunction,
  type MockCallServer,
  type ServerFunctionMocks,
} from './serverFunctionMocks.ts';
