import {UseServerWebpackPlugin} from 'use-server-webpack-plugin';

export default {
  // As the server's React does, so that both are of one mode.
  mode: process.env.NODE_ENV === 'production' ? 'production' : 'development',
  entry: './src/client.jsx',
  output: {path: `${import.meta.dirname}/build/public`},
  module: {
    rules: [
      {
        test: /\.jsx$/,
        loader: 'babel-loader',
        options: {presets: [['@babel/preset-react', {runtime: 'automatic'}]]},
      },
    ],
  },
  plugins: [
    // Beside the public folder, so that it cannot be downloaded.
    new UseServerWebpackPlugin({serverManifest: '../server-actions-manifest.json'}),
  ],
};
