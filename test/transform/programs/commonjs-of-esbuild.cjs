'use server';
var __defProp = Object.defineProperty;
var __export = (target, all) => {
  for (var name in all) __defProp(target, name, {get: all[name], enumerable: true});
};
var __toCommonJS = (mod) => __defProp(mod, '__esModule', {value: true});
var actions_exports = {};
__export(actions_exports, {
  default: () => actions_default,
  save: () => save,
  scenario: () => scenario,
});
module.exports = __toCommonJS(actions_exports);
var __commonJS = (cb, mod) => () => (mod || cb((mod = {exports: {}}).exports, mod), mod.exports);
var require_helper = __commonJS((exports, module) => {
  exports.text = 'helper';
  module.exports.more = [exports];
});
var helper = require_helper();
async function save(x) {
  return ['save', x, helper.text];
}
var actions_default = save;
var scenario = async (call) => [await call(save, 1), await call(actions_default, 2)];
