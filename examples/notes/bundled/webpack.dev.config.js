// `npm run dev`: the two builds of webpack.config.js behind webpack-dev-server. What changes in the
// sources shows in open pages, and they keep their state.
import ReactRefreshPlugin from '@pmmmwh/react-refresh-webpack-plugin';
import {developmentServer} from 'use-server-webpack-plugin/development';
import configs from './webpack.config.js';

const [server, client] = configs;

export default [
  {...server, devServer: false},
  {
    ...client,
    module: {
      rules: [
        ...client.module.rules,
        // Behind esbuild, which has no Fast Refresh.
        {
          test: /\.tsx$/,
          enforce: 'post',
          loader: 'babel-loader',
          options: {plugins: ['react-refresh/babel']},
        },
      ],
    },
    plugins: [...client.plugins, new ReactRefreshPlugin()],
    devServer: {
      port: process.env.PORT ?? 3000,
      host: process.env.HOST ?? 'localhost',
      static: false,
      setupMiddlewares: (middlewares, {compiler}) => [...middlewares, developmentServer(compiler)],
    },
  },
];
