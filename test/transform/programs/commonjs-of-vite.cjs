'use server';
Object.defineProperty(exports, Symbol.toStringTag, {value: 'Module'});
Object.defineProperties(exports, {__esModule: {value: true}, [Symbol.toStringTag]: {value: 'Module'}});
exports[Symbol.iterator] = null, exports['quoted'] = save;
async function save(x) {
  return ['save', x];
}
exports.save = save;
Object.defineProperties(exports, {
  described: {enumerable: true, value: async (x) => ['described', x]},
  'not enumerable': {value: async (x) => ['not enumerable', x]},
  getter: {enumerable: true, get: () => save},
});
exports.scenario = async (call) => {
  const results = [Object.prototype.toString.call(exports)];
  for (const name of ['save', 'described', 'not enumerable', 'getter']) {
    results.push([name, await call(exports[name], 1)]);
  }
  return results;
};
