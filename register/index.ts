/**
 * Lets Node run modules with `"use server"` and `"use client"`, for `import` and `require`:
 *
 *     node --conditions react-server --import use-server-webpack-plugin/register server.js
 *
 * With the condition `react-server` this is the server graph, without it the SSR graph. The
 * environment variables `USE_SERVER_ROOT`, `USE_SERVER_IDS`, `USE_SERVER_ID_SECRET` and `USE_SERVER_ID_PREFIX`
 * set the project root, the format of ids, the key of hashed ones, and the name of the app in them.
 */
import {install} from '../src/node/install.ts';
import {refuseOtherRuntimes} from '../src/node/otherRuntimes.ts';

refuseOtherRuntimes();
await install();
