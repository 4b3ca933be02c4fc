import './plain.mjs';
import './waits.js';
export const scenario = async (call) => [await call(globalThis.plain(1), 2), await call(globalThis.waits(3))];
