import {createCallServer} from 'use-server-webpack-plugin/client';

/** Calls that have failed, and wait for their user: the functions that send them again. */
let failures = [];
const listeners = new Set();

export const callServer = createCallServer({
  onFailure(error, {retry}) {
    if (!retry) throw error;
    // The call stays pending, and the page with what was typed stays as it is.
    return new Promise((resolve) => change([...failures, () => resolve(retry())]));
  },
});

function change(next) {
  failures = next;
  for (const listener of listeners) listener();
}

export const readFailures = () => failures;

export function onFailures(listener) {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export function tryAgain() {
  const all = failures;
  change([]);
  for (const again of all) again();
}
