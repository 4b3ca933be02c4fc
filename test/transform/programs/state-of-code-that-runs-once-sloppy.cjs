// Module patterns of scripts, each with variables of its own.
var out = {};
(function (root, factory) {
  factory(root);
})(out, function (exports) {
  var n = 0;
  exports.umd = async function () {
    'use server';
    return n;
  };
});
(function () {
  var n = 0;
  function helper() {
    return ++n + (this === undefined ? 's' : 'l');
  }
  out.sloppy = async function () {
    'use server';
    return helper();
  };
}).call(this);
(function () {
  'use strict';
  var n = 0;
  function helper() {
    return ++n + (this === undefined ? 's' : 'l');
  }
  out.strict = async function () {
    'use server';
    return helper();
  };
  out.mk = function (x) {
    return async () => {
      'use server';
      return [x, helper()];
    };
  };
})();
!(function () {
  var n = 0;
  if (n === 0) {
    function blockFn() {
      return ++n;
    }
  }
  out.block = async () => {
    'use server';
    return blockFn();
  };
  out.inner = function (x) {
    {
      function deep() {
        return x + n;
      }
      out.v = deep();
    }
    return async () => {
      'use server';
      return [x, blockFn()];
    };
  };
})();
exports.scenario = async (call) => {
  const r = [];
  for (const f of [
    out.umd,
    out.sloppy,
    out.sloppy,
    out.strict,
    out.strict,
    out.mk(1),
    out.mk(2),
    out.block,
    out.block,
    out.inner(5),
    out.inner(6),
  ])
    r.push(await call(f));
  return r;
};
