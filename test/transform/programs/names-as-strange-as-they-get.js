const \u0024$Page$save = 'escaped';
const $$callInlineFunction = 1, $$callInlineFunction_2 = 2, $$registerInlineFunction = 3;
function Page(arguments_, module, exports, require, undefined_, $$, _, ünïcode, async, of, get) {
  async function save(factory, token, args) {
    'use server';
    return [
      arguments_, module, exports, require, undefined_, $$, _, ünïcode, async, of, get,
      factory, token, args, $$Page$save, $$callInlineFunction, $$callInlineFunction_2,
      $$registerInlineFunction, arguments.length,
    ];
  }
  return save;
}
function Constructor(name) {
  const constructor = async () => {
    'use server';
    return name;
  };
  const toString = async () => {
    'use server';
    return name;
  };
  const hasOwnProperty = async () => {
    'use server';
    return typeof globalThis + name;
  };
  const undefined = async () => {
    'use server';
    return 'not undefined';
  };
  return [constructor, toString, hasOwnProperty, undefined];
}
function Ünïcode(a) {
  const größe = async () => {
    'use server';
    return a;
  };
  const 日本 = async () => {
    'use server';
    return a;
  };
  return [größe, 日本];
}
export async function scenario(call) {
  const results = [await call(Page(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11), 'f', 't')];
  for (const fn of [...Constructor('c'), ...Ünïcode('u')]) results.push([fn.name, await call(fn)]);
  return results;
}
