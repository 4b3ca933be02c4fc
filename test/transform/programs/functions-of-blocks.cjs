// Functions of blocks, where what they are outside of their blocks does not matter.
function known() {
  return 'module';
}
exports.inBlock = function (x) {
  {
    function known() {
      return [typeof known, x];
    }
    return async () => {
      'use server';
      return known();
    };
  }
};
exports.besideLet = function (x) {
  let known = () => x;
  {
    function known() {
      return 'block';
    }
    exports.block = known;
  }
  return async () => {
    'use server';
    return known();
  };
};
exports.inStrictCode = function () {
  'use strict';
  {
    function known() {
      return 'block';
    }
    exports.block = known;
  }
  return async () => {
    'use server';
    return known();
  };
};
exports.asyncInBlock = function () {
  {
    async function known() {
      return 'block';
    }
    exports.block = known;
  }
  return async () => {
    'use server';
    return known();
  };
};
exports.inCase = function (x) {
  switch (x) {
    case 1:
      function inCase() {
        return 'case';
      }
      return async () => {
        'use server';
        return inCase();
      };
  }
};
exports.inBranch = function (x) {
  if (x) function unused() {}
  return async () => {
    'use server';
    return known();
  };
};
exports.second = function (x) {
  function twin() {
    return 'first';
  }
  function twin() {
    return ['second', x];
  }
  return async () => {
    'use server';
    return twin();
  };
};
exports.scenario = async (call) => {
  const results = [];
  for (const make of [
    exports.inBlock,
    exports.besideLet,
    exports.inStrictCode,
    exports.asyncInBlock,
    exports.inCase,
    exports.inBranch,
    exports.second,
  ]) {
    results.push(await call(make(1)));
  }
  return results;
};
