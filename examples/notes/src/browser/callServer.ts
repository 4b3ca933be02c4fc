// Every call of a server function in the browser goes through here: see `callServer` in
// webpack.shared.js. After each call the page asks for the data that may have changed.
import {createCallServer} from 'use-server-webpack-plugin/client';

const call = createCallServer();
let listener = () => {};

export async function callServer(id: string, args: unknown[]): Promise<unknown> {
  const result = await call(id, args);
  listener();
  return result;
}

export function onServerChange(newListener: () => void): void {
  listener = newListener;
}
