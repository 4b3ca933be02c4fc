const {sep} = await import('node:path');
globalThis.waits = (x) => async () => {
  'use server';
  return [x, sep];
};
