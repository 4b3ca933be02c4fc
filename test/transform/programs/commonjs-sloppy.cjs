// What only a sloppy script may hold.
var octal = 010;
function Page(options) {
  with (options) {
    var fromWith = size;
  }
  undeclared = octal;
  delete options;
  var static = 'word', let_ = 1;
  {
    async function inBlock() {
      'use server';
      return [static, let_];
    }
    var exposed = inBlock;
  }
  return {
    exposed,
    save: async function (a, b) {
      'use server';
      arguments[0] = 'changed';
      return [fromWith, undeclared, a, b, arguments.length];
    },
  };
}
exports.scenario = async (call) => {
  const {exposed, save} = Page({size: 3});
  return [await call(exposed), await call(save, 1, 2)];
};
