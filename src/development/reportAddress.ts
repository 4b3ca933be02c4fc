/*
 * Runs in the server's process, before the server bundle: gives it a free port in the environment
 * variable PORT, has it listen on the loopback interface unless it names another host, and tells the
 * process that started it when the server listens there.
 */
import {once} from 'node:events';
import {createServer, Server, type AddressInfo} from 'node:net';
import {LOOPBACK, withLoopback} from './loopback.ts';

/** What this process tells its parent. */
export interface Listening {
  type: 'use-server:listening';
  address: AddressInfo;
  /** Whether it is the port that was asked for. */
  isOwn: boolean;
}

/** On the server of the inspector, which is not that of the app. */
const INSPECTOR = Symbol.for('use-server-webpack-plugin.inspector');

const port = await freePort();
process.env['PORT'] = String(port);

const prototype = Server.prototype as {listen: (this: Server, ...args: unknown[]) => Server};
const {listen} = prototype;
prototype.listen = function (...args) {
  if (INSPECTOR in this) return listen.apply(this, args);
  this.once('listening', () => {
    const address = this.address();
    if (typeof address !== 'object' || address === null) return;
    const message: Listening = {
      type: 'use-server:listening',
      address,
      isOwn: address.port === port,
    };
    process.send?.(message);
  });
  return listen.apply(this, withLoopback(args));
};

// A parent that was killed leaves no server behind.
process.on('disconnect', () => process.exit());
process.channel?.unref();

async function freePort(): Promise<number> {
  const server = createServer().listen(0, LOOPBACK);
  await once(server, 'listening');
  const {port: found} = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return found;
}
