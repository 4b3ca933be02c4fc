// An app whose functions look at everything that they are given, and never throw.
import {registerServerReference} from 'react-server-dom-webpack/server';
import {createServerFunctionHandler} from 'use-server-webpack-plugin/server';
import {state as inline} from '../fixtures/app/src/inline.mjs';
import {manifest as others, root} from '../support/app.mjs';
import {walk} from './walk.mjs';

/** How often functions ran, and what ran that must not. */
export const ran = {count: 0, forbidden: []};

const own = {
  look: async (...args) => (ran.count++, walk(args)),
  giveBack: async (...args) => (ran.count++, args),
  leave: async (...args) => (ran.count++, walk(args, {leaves: true})),
};
const path = 'src/fuzzed.mjs';
for (const [name, run] of Object.entries(own)) registerServerReference(run, path, name);

const inlineId = 'src/inline.mjs#$$Page$save';
inline.calls.push = (call) => ran.forbidden.push(['inline function', call]);

/** In the place of the module, which need not be a file. */
globalThis.fuzzedFunctions = own;
const manifest = {
  ...Object.fromEntries(
    Object.keys(own).map((name) => [`${path}#${name}`, {id: path, chunks: [], name}]),
  ),
  [inlineId]: {id: 'src/inline.mjs', chunks: [], name: '$$Page$save'},
  'src/actions.mjs#plain': others['src/actions.mjs#plain'],
  'src/broken.mjs#run': others['src/broken.mjs#run'],
};
export const listedIds = [...Object.keys(own).map((name) => `${path}#${name}`), inlineId];

/** Errors that are no refusals. */
export const failures = [];
const onError = (error, {id}) => {
  if (error?.status === undefined) failures.push({error, id});
};
const render = (request, {formState}) => new Response(String(formState?.[1]));

export const handlers = [
  createServerFunctionHandler({manifest, root, onError, bodyTimeout: 60_000}),
  createServerFunctionHandler({manifest, root, onError, render, renderPage: () => null}),
];
