/** What an application's code on the server imports. */
export const SERVER_ENTRY = 'use-server-webpack-plugin/server';

/** The same for servers on Node: the handler for node:http, Express and others. */
export const NODE_ENTRY = 'use-server-webpack-plugin/node';

/** What compiled modules of the server graph import. */
export const RUNTIME_ENTRY = 'use-server-webpack-plugin/runtime';

/** What stubs import, and an application's code in the browser. */
export const CLIENT_ENTRY = 'use-server-webpack-plugin/client';
