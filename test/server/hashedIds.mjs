// Calls a function by a hashed id whose secret is given, and prints the status of the answer.
import {createHmac} from 'node:crypto';
import {createServerFunctionHandler} from 'use-server-webpack-plugin/server';
import {callRequest} from './support/app.mjs';

const location = {id: 'actions.js', chunks: [], name: 'save', async: true};
const id = createHmac('sha256', process.argv[2])
  .update('actions.js#save')
  .digest('hex')
  .slice(0, 40);
const handle = createServerFunctionHandler({manifest: {[id]: location}});
for (let call = 1; call <= 2; call++) console.log((await handle(await callRequest(id, []))).status);
