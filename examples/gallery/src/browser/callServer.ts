// Every call of a server function in the browser goes through here: see `callServer` in
// webpack.config.js.
import {createCallServer, type ServerFunctionRequestError} from 'use-server-webpack-plugin/client';
import type {Payload} from '../payload.ts';

let showPage: (page: Promise<Payload>) => void = () => {};
let showFailure: (error: ServerFunctionRequestError) => void = () => {};

export const callServer = createCallServer({
  // The page, rendered again after a revalidation. It comes with the result, in one response.
  onPage: (page) => showPage(page),
  // Elements of the browser as arguments are meant: see the pattern "Temporary references".
  temporaryReferences: true,
  // A call that did not reach its function: told once for the whole app.
  onFailure(error) {
    showFailure(error);
    throw error;
  },
});

export function onPage(listener: typeof showPage): void {
  showPage = listener;
}

export function onFailure(listener: typeof showFailure): void {
  showFailure = listener;
}
