'use server';
const log = [];
export default (log.push('first'), /* ) */ async (x) => ['sequence', x] /* ) */);
export async function scenario(call) {
  const {default: fn} = await import('./default-export-sequence.js');
  return [fn.name, log.length, await call(fn, 1)];
}
