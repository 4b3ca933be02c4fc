import ReactRefreshPlugin from '@pmmmwh/react-refresh-webpack-plugin';
import {createUseServer} from 'use-server-webpack-plugin';
import {developmentServer} from 'use-server-webpack-plugin/development';

const isDevelopment = process.env.NODE_ENV === 'development';
const useServer = createUseServer({ssr: './src/ssr.jsx', callServer: './src/callServer.js'});

const shared = {
  mode: isDevelopment ? 'development' : 'production',
  context: import.meta.dirname,
  performance: {hints: false},
};

const jsx = (...plugins) => ({
  rules: [
    {
      test: /\.jsx$/,
      loader: 'babel-loader',
      options: {presets: [['@babel/preset-react', {runtime: 'automatic'}]], plugins},
    },
  ],
});

export default ({WEBPACK_SERVE: isServed}) => [
  {
    ...shared,
    name: 'server',
    target: 'node',
    entry: {server: './src/server.jsx'},
    output: {path: `${import.meta.dirname}/dist`, filename: '[name].js', module: true},
    experiments: {outputModule: true},
    // Stacks show the lines that you wrote.
    devtool: 'source-map',
    module: jsx(),
    // It is not downloaded.
    optimization: {minimize: false},
    plugins: [useServer.server],
    devServer: false,
  },
  {
    ...shared,
    name: 'client',
    entry: {client: './src/client.jsx'},
    output: {path: `${import.meta.dirname}/dist/public`, publicPath: '/'},
    module: isServed ? jsx('react-refresh/babel') : jsx(),
    plugins: [useServer.client, isServed && new ReactRefreshPlugin()],
    devServer: {
      setupMiddlewares: (middlewares, {compiler}) => [...middlewares, developmentServer(compiler)],
    },
  },
];
