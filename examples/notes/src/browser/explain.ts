import {
  ServerFunctionNetworkError,
  ServerFunctionNotFoundError,
  ServerFunctionRequestError,
  UnknownServerFunctionError,
} from 'use-server-webpack-plugin/client';

/** What people read of a call that was not answered. */
export function explain(error: unknown): string {
  if (error instanceof UnknownServerFunctionError) {
    return 'This page is of an older version of the app. Reload it: what you have typed stays.';
  }
  if (error instanceof ServerFunctionNotFoundError) return 'This note was deleted elsewhere.';
  if (error instanceof ServerFunctionNetworkError) {
    return 'The server cannot be reached. What you have typed is still here.';
  }
  if (error instanceof ServerFunctionRequestError) {
    return error.code === 'body-too-large'
      ? 'That is more than the server takes.'
      : 'The server did not answer. What you have typed is still here.';
  }
  const {digest} = Object(error) as {digest?: string};
  return digest
    ? `That did not work. The server's log has more under ${digest}.`
    : 'This part of the page did not arrive.';
}
