'use server';
'use strict';
Object.defineProperty(exports, '__esModule', {value: true});
function _export(target, all) {
  for (var name in all)
    Object.defineProperty(target, name, {
      enumerable: true,
      get: Object.getOwnPropertyDescriptor(all, name).get,
    });
}
_export(exports, {
  get save() {
    return save;
  },
  get later() {
    return later;
  },
  get scenario() {
    return scenario;
  },
});
async function save(x) {
  return ['save', x];
}
let later = null;
later = async (x) => ['later', x];
const scenario = async (call) => [await call(save, 1), await call(later, 2)];
