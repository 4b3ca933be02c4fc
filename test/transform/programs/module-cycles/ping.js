'use server';
import {pong} from './pong.js';
export async function ping(n) {
  return n <= 0 ? 'ping' : pong(n - 1);
}
export {pong as again} from './pong.js';
export const names = async () => [ping.name, pong.name];
