'use server';
var exports = (module.exports = {}), module_;
exports.save = async (x) => ['save', x];
exports.scenario = async (call) => [await call(module.exports.save, 1), await call(exports.inner, 2)];
exports.inner = async (x) => {
  const require = (y) => y + 1, module = {exports: x};
  return [require(module.exports)];
};
