'use server';
module.exports = async function (x) {
  return ['whole', x];
};
module.exports.scenario = async (call) => [module.exports.name, await call(module.exports, 1)];
