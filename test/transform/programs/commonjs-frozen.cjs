'use server';
async function save(x) {
  return ['save', x];
}
module.exports = Object.freeze({
  save,
  async remove(x) {
    return ['remove', x];
  },
  async scenario(call) {
    const {exports} = module;
    return [Object.isFrozen(exports), await call(exports.save, 1), await call(exports.remove, 2)];
  },
});
