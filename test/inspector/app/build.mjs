// Builds the client of the app: node build.mjs <output folder> <mode>
import webpack from 'webpack';
import {UseServerWebpackPlugin} from 'use-server-webpack-plugin';

const [, , path, mode = 'development'] = process.argv;
webpack(
  {
    context: import.meta.dirname,
    mode,
    devtool: false,
    performance: {hints: false},
    entry: './src/client.js',
    output: {path: `${path}/public`, filename: 'client.js'},
    plugins: [new UseServerWebpackPlugin({serverManifest: '../server-actions-manifest.json'})],
  },
  (error, stats) => {
    if (error || stats.hasErrors()) {
      console.error(error ?? stats.toString());
      process.exit(1);
    }
  },
);
