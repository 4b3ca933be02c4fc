// Two builds that belong together: the server, and what runs in the browser.
import {createUseServer} from 'use-server-webpack-plugin';
import {browserConfig, callServer, mode, release, shared} from '../webpack.shared.js';

const useServer = createUseServer({ssr: './bundled/html.ts', callServer});
const folder = release ? `build/releases/${release}` : `build/bundled/${mode}`;

/** @type {import('webpack').Configuration[]} */
export default [
  {
    ...shared,
    name: 'server',
    target: 'node',
    entry: {server: './bundled/server.ts'},
    output: {
      path: `${shared.context}/${folder}`,
      filename: '[name].js',
      module: true,
      clean: true,
    },
    experiments: {outputModule: true},
    // Packages that read files of their own (PGlite: WebAssembly and a data folder) or try optional
    // ones (pg: pg-native). Node loads them from node_modules.
    externals: ['@electric-sql/pglite', 'pg'],
    // It is not downloaded.
    optimization: {minimize: false},
    plugins: [useServer.server],
  },
  // Browsers may load public/, but not the manifests, which stand beside the server.
  {...browserConfig(`${folder}/public`), name: 'client', plugins: [useServer.client]},
];
