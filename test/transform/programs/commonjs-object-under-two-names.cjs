'use server';
exports.lost = 'what is assigned to exports before is no export';
const api = (module.exports = {save: async (x) => ['save', x]});
api.remove = async (x) => ['remove', x];
module.exports.store = async (x) => ['store', x];
exports.lostToo = 1;
var other = module.exports;
other.other = async (x) => ['other', x];
module.exports.scenario = async (call) => {
  const results = [Object.keys(module.exports)];
  for (const name of ['save', 'remove', 'store', 'other']) {
    results.push([name, await call(api[name], 1)]);
  }
  return results;
};
