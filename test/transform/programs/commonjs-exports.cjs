'use server';
const path = require('node:path');
exports.save = async (x) => ['save', x, path.sep.length];
exports.first = exports.second = async function shared(x) {
  return ['shared', x];
};
module.exports.member = async (x) => ['member', x];
exports['quoted'] = async (x) => ['quoted', x];
const chained = (exports.chained = async (x) => ['chained', x]);
async function declared(x) {
  return ['declared', x];
}
exports.declared = declared;
exports.wrapped = ((fn) => async (...args) => ['wrapped', await fn(...args)])(declared);
Object.defineProperty(exports, 'defined', {enumerable: true, value: async (x) => ['defined', x]});
Object.defineProperty(exports, 'getter', {enumerable: true, get: () => chained});
exports.scenario = async (call) => {
  const results = [];
  for (const name of ['save', 'first', 'second', 'member', 'quoted', 'chained', 'declared', 'wrapped', 'defined', 'getter']) {
    results.push([name, exports[name].name, await call(exports[name], 1)]);
  }
  return results;
};
