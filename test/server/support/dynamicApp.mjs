import * as client from 'react-server-dom-webpack/client.edge';
import {body} from '../fixtures/app/src/dynamic.mjs';
import {callRequest, clientManifest, manifest, origin, root} from './app.mjs';
import {createHandler} from './door.mjs';

export const id = 'src/dynamic.mjs#run';

/** The manifest of the fixture app, with the function that each case gives. */
export const dynamicManifest = {
  ...manifest,
  [id]: {id: 'src/dynamic.mjs', chunks: [], name: 'run', async: true},
};

/**
 * A handler whose one server function is given by each case.
 *
 * @param {object} options of the handler
 */
export function dynamicApp(options = {}) {
  const errors = [];
  const handle = createHandler({
    manifest: dynamicManifest,
    clientManifest,
    root,
    onError: (error, {digest}) => void errors.push({error, digest}),
    // Cases count what is left behind, and the inspector remembers calls; test/inspector has it.
    inspector: false,
    ...options,
  });
  return {
    handle,
    errors,
    /** Calls `run` as the server function, as React's client would. */
    async call(run, {args = [], ...init} = {}) {
      body.run = run;
      return handle(await callRequest(id, args, init));
    },
    /** Posts a form that has `run` as its action, as a browser without JavaScript would. */
    async post(run, {fields = [], url = `${origin}/notes?page=2`, headers = {}, signal} = {}) {
      body.run = run;
      const form = new FormData();
      form.append(`$ACTION_ID_${id}`, '');
      for (const [name, value] of fields) form.append(name, value);
      return handle(
        new Request(url, {
          method: 'POST',
          body: form,
          signal,
          headers: {'Sec-Fetch-Site': 'same-origin', ...headers},
        }),
      );
    },
  };
}

/** A form whose action is `useActionState(run, state, permalink)`, as React's server renderer writes it. */
export async function statefulFields(state) {
  const reference = client.createServerReference(id).bind(null, state);
  for (;;) {
    try {
      const {name, data} = reference.$$FORM_ACTION('1');
      return [[name, ''], ...data, ['$ACTION_KEY', 'kState']];
    } catch (pending) {
      await pending;
    }
  }
}
