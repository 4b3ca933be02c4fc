// While you work: webpack and Node, both of which follow your changes. Ctrl+C ends both.
import {spawn} from 'node:child_process';

const env = {...process.env, NODE_ENV: 'development'};
const server =
  '--watch --conditions react-server --import tsx --import use-server-webpack-plugin/register server/index.ts';

const children = [
  spawn('npx', ['webpack', '--watch'], {env, stdio: 'inherit'}),
  spawn(process.execPath, server.split(' '), {env, stdio: 'inherit'}),
];
const stop = () => children.forEach((child) => child.kill());
for (const child of children) child.once('exit', stop);
for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, stop);
