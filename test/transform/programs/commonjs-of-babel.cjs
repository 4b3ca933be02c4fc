'use server';
'use strict';
Object.defineProperty(exports, '__esModule', {value: true});
exports.save = exports.remove = exports.default = exports.scenario = void 0;
Object.defineProperty(exports, 'store', {
  enumerable: true,
  get: function () {
    return _store.store;
  },
});
var _store = {store: async (x) => ['store', x]};
let save = (exports.save = async (x) => ['save', x]);
exports.save = save = ((fn) => async (x) => ['checked', await fn(x)])(save);
const remove = async (x) => ['remove', x];
exports.remove = remove;
var _default = (exports.default = remove);
const scenario = async (call) => {
  const results = [];
  for (const name of ['save', 'remove', 'default', 'store']) results.push(await call(exports[name], 1));
  return results;
};
exports.scenario = scenario;
