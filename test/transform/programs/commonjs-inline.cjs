// A sloppy module: the moved function stays sloppy, a strict one stays strict.
var table = {};
function Page(id, id) {
  table.sloppy = async function () {
    'use server';
    return [id, (function () { return this === globalThis; })(), typeof undeclaredName];
  };
  table.strict = strict();
  function strict() {
    'use strict'
    async function save() {
      'use server'
      return [(function () { return this === undefined })(), id]
    }
    return save
  }
  return table;
}
async function topLevel(x) {
  'use server';
  return ['top level', x];
}
exports.scenario = async (call) => {
  const {sloppy, strict} = Page('a', 'b');
  return [await call(sloppy), await call(strict), await call(topLevel, 1)];
};
