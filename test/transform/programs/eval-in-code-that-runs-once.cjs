// What eval declares beside a server function is what the function finds.
const q = 'module';
(function (x) {
  eval('var q = "eval"');
  exports.f = async () => {
    'use server';
    return q;
  };
  exports.Page = (y) => async () => {
    'use server';
    return [q, y];
  };
})();
exports.scenario = async (call) => [await call(exports.f), await call(exports.Page(2))];
