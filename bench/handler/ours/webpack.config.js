import {UseServerWebpackPlugin} from 'use-server-webpack-plugin';

/** Nothing of it is served: the server needs the manifest, and compiles the sources itself. */
export default {
  mode: 'production',
  context: import.meta.dirname,
  entry: './actions.js',
  output: {path: `${import.meta.dirname}/build`},
  plugins: [new UseServerWebpackPlugin({include: 'page.js'})],
};
