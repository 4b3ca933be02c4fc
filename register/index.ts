/**
 * Lets Node run modules with `"use server"` and `"use client"`, for `import` and `require`:
 *
 *     node --conditions react-server --import use-server-webpack-plugin/register server.js
 *
 * With the condition `react-server` this is the server graph, without it the SSR graph. The
 * environment variables `USE_SERVER_ROOT` and `USE_SERVER_IDS` set the project root and the format
 * of ids.
 */
import {install} from '../src/node/install.ts';

await install();
