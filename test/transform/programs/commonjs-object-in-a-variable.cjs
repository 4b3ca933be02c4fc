'use server';
const api = {
  __proto__: null,
  save: async (x) => ['save', x],
  replaced: null,
};
api.remove = async (x) => ['remove', x];
module.exports = api;
api.later = async (x) => ['later', x];
api.replaced = async (x) => ['replaced', x];
const {save} = api;
const names = Object.keys(module.exports);
const format = (api) => {
  api.text = 'parameter';
  return api;
};
api.scenario = async (call) => {
  const results = [format({}), save === api.save, Object.keys(api), names];
  for (const name of ['save', 'remove', 'later', 'replaced']) {
    results.push([name, api[name] === module.exports[name], await call(api[name], 1)]);
  }
  return results;
};
