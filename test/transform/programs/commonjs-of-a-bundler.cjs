'use server';
var __defProp = Object.defineProperty;
var __export = (target, all) => {
  for (var name in all) __defProp(target, name, {get: all[name], enumerable: true});
};
var out = __defProp({}, '__esModule', {value: true});
__export(out, {save: () => save, later: () => later, scenario: () => scenario});
module.exports = ((mod) => mod)(out);
async function save(x) {
  return ['save', x];
}
var later = async (x) => ['later', x];
var scenario = async (call) => [await call(save, 1), await call(later, 2)];
0 && (module.exports = {later, save, scenario});
