import {UseServerWebpackPlugin} from 'use-server-webpack-plugin';

export default {
  // As the server's React does, so that both are of one mode.
  mode: process.env.NODE_ENV === 'production' ? 'production' : 'development',
  entry: {client: './src/client.tsx'},
  output: {path: `${import.meta.dirname}/build/public`, clean: true},
  devtool: 'source-map',
  module: {
    rules: [
      {test: /\.tsx?$/, loader: 'esbuild-loader', options: {target: 'es2022', jsx: 'automatic'}},
    ],
  },
  performance: {hints: false},
  plugins: [
    new UseServerWebpackPlugin({
      include: ['server'],
      callServer: './src/callServer.ts',
      // Beside the public folder, so that it cannot be downloaded.
      serverManifest: '../server-actions-manifest.json',
    }),
  ],
};
