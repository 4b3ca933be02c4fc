// The build of what runs in the browser. Nothing is built for the server: Node runs the sources.
import {UseServerWebpackPlugin} from 'use-server-webpack-plugin';

// React's own rule, so that browser and server always agree. start.js sets it.
const mode = process.env.NODE_ENV === 'production' ? 'production' : 'development';

/** @type {import('webpack').Configuration} */
export default {
  mode,
  context: import.meta.dirname,
  entry: {client: './src/browser/client.tsx'},
  devtool: 'source-map',
  output: {
    path: `${import.meta.dirname}/build/${mode}`,
    // Everything that browsers may load goes to assets/. The manifests stay beside it.
    filename: 'assets/[name].js',
    cssFilename: 'assets/[name].css',
    publicPath: '/',
    clean: true,
  },
  module: {
    rules: [
      {test: /\.tsx?$/, loader: 'esbuild-loader', options: {target: 'es2022', jsx: 'automatic'}},
    ],
  },
  experiments: {css: true},
  performance: {hints: false},
  plugins: [
    new UseServerWebpackPlugin({include: 'src', callServer: './src/browser/callServer.ts'}),
  ],
};
