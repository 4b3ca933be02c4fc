import {createUseServer} from 'use-server-webpack-plugin';

const useServer = createUseServer({ssr: './src/ssr.jsx'});

const shared = {
  mode: process.env.NODE_ENV === 'development' ? 'development' : 'production',
  context: import.meta.dirname,
  performance: {hints: false},
  module: {
    rules: [
      {
        test: /\.jsx$/,
        loader: 'babel-loader',
        options: {presets: [['@babel/preset-react', {runtime: 'automatic'}]]},
      },
    ],
  },
};

export default [
  {
    ...shared,
    name: 'server',
    target: 'node',
    entry: {server: './src/server.jsx'},
    output: {path: `${import.meta.dirname}/dist`, filename: '[name].js', module: true},
    experiments: {outputModule: true},
    // Nobody downloads it.
    optimization: {minimize: false},
    plugins: [useServer.server],
  },
  {
    ...shared,
    name: 'client',
    entry: {client: './src/client.jsx'},
    output: {path: `${import.meta.dirname}/dist/public`, publicPath: '/'},
    plugins: [useServer.client],
  },
];
