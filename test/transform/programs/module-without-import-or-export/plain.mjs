// Nothing in the text but the name of the file says that this is a module.
globalThis.plain = (x) => async (y) => {
  'use server';
  return [x, y, (function () { return this === undefined; })()];
};
