'use server';
async function save(x) {
  return ['save', x];
}
module.exports = {
  save,
  async method(x) {
    return ['method', x];
  },
  renamed: save,
  'quoted-name': async (x) => ['quoted', x],
  async scenario(call) {
    const results = [];
    for (const name of ['save', 'method', 'renamed', 'quoted-name']) {
      results.push([module.exports[name].name, await call(module.exports[name], 1)]);
    }
    return results;
  },
};
