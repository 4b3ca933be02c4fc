import {ping, names as seenByMain} from './ping.js';
import {pong} from './pong.js';
import './second.js';
import {fromFirst, early} from './first.js';
export async function scenario(call) {
  return [
    await call(ping, 3),
    await call(pong, 2),
    await call(seenByMain),
    await call(fromFirst, 1),
    await call(early, 1),
  ];
}
