// Every call of a server function in the browser goes through here: see `callServer` in
// webpack.config.js.
import {createCallServer} from 'use-server-webpack-plugin/client';
import type {Payload} from '../payload.ts';
import {recorded} from '../travel/recorder.ts';
import {askPerson} from './failedCalls.ts';
import {withFault} from './fault.ts';

let showPage: (page: Promise<Payload>) => void = () => {};

export const callServer = createCallServer({
  // The page, rendered again after a revalidation. It comes with the result, in one response.
  onPage: (page) => showPage(page),
  // Elements of the browser as arguments are meant: see the pattern "Temporary references".
  temporaryReferences: true,
  // A call that did not reach its function: told once for the whole app. It stays pending until the
  // person tries again or gives up, so that what was typed stays where it is.
  onFailure: askPerson,
  // For the gallery alone: what travels is shown, and calls can be made to fail.
  fetch: recorded(withFault((input, init) => fetch(input, init))),
});

export function onPage(listener: typeof showPage): void {
  showPage = listener;
}
