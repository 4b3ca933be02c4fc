const x = 'module';
function One(x) {
  const atOne = async () => {
    'use server';
    return x;
  };
  function Two() {
    const atTwo = async () => {
      'use server';
      return x;
    };
    {
      let x = 'block';
      var inBlock = async () => {
        'use server';
        return x;
      };
      {
        const x = 'inner block';
        var inInner = async () => {
          'use server';
          return x;
        };
      }
    }
    for (const x of ['loop']) {
      var inLoop = async () => {
        'use server';
        return x;
      };
    }
    try {
      throw 'caught';
    } catch (x) {
      var inCatch = async () => {
        'use server';
        return x;
      };
    }
    const asParameter = async (x = 'default') => {
      'use server';
      return x;
    };
    const inner = async () => {
      'use server';
      const seen = [typeof x];
      {
        let x = 'own';
        seen.push(x, [x].map((x) => x + '!')[0]);
      }
      function x2(x) {
        return x;
      }
      seen.push(x2('passed'), ((...x) => x.length)(1, 2), (({x}) => x)({x: 'pattern'}));
      switch (1) {
        case 1:
          let x = 'case';
          seen.push(x);
      }
      return [...seen, x];
    };
    return [atOne, atTwo, inBlock, inInner, inLoop, inCatch, asParameter, inner];
  }
  return Two();
}
function hoisted(y) {
  return async () => {
    'use server';
    const before = typeof y;
    if (false) {
      var y = 1;
    }
    return before;
  };
}
async function atModule() {
  'use server';
  return x;
}
export async function scenario(call) {
  const results = [await call(atModule), await call(hoisted('y'))];
  for (const fn of One('parameter')) results.push(await call(fn));
  return results;
}
