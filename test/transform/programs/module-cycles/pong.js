'use server';
import {ping} from './ping.js';
export async function pong(n) {
  return n <= 0 ? 'pong' : ping(n - 1);
}
export {ping as back};
