// The build of what runs in the browser. Nothing is built for the server: Node runs the sources.
import {UseServerWebpackPlugin} from 'use-server-webpack-plugin';
import {browserConfig, callServer, mode} from '../webpack.shared.js';

export default {
  ...browserConfig(`build/plain-node/${mode}`),
  plugins: [new UseServerWebpackPlugin({include: 'src', callServer})],
};
