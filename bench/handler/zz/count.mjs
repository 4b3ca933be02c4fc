import {createHook} from 'node:async_hooks';
let n = 0; const stacks = new Map(); Error.stackTraceLimit = 12;
export const start = () => { n = 0; stacks.clear(); hook.enable(); };
export const stop = () => { hook.disable(); return {n, stacks}; };
const hook = createHook({init(id, type) { if (type !== 'PROMISE') return; n++; const s = new Error().stack.split('\n').slice(2).filter(l => !/node:internal|async_hooks|zz\/count/.test(l)).slice(0, 2).map(l => l.trim().replace(/.*\((.*)\)/, '$1').replace(/^at (async )?/, '').replace(/.*\/(dist|node_modules)\//, '')).join(' < '); stacks.set(s, (stacks.get(s) ?? 0) + 1); }});
