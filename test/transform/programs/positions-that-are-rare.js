const made = [];
const keep = (fn) => (made.push(fn), 'key');
const decorate = (fn) => () => void made.push(fn);
function* generator(id) {
  const sent = yield async (x) => {
    'use server';
    return ['yielded', id, x];
  };
  return async (x) => {
    'use server';
    return ['returned', sent, x];
  };
}
async function awaited(id) {
  const fn = await (async (x) => {
    'use server';
    return ['awaited', id, x];
  });
  return [fn];
}
function Page(id) {
  @decorate(async (x) => {
    'use server';
    return ['decorator', id, x];
  })
  class Local extends (keep(async (x) => {
    'use server';
    return ['heritage', id, x];
  }), Object) {
    [keep(async (x) => {
      'use server';
      return ['computed method', id, x];
    })]() {}
    static [keep(async (x) => {
      'use server';
      return ['computed field', id, x];
    }) + 1] = 1;
  }
  const {[keep(async (x) => {
    'use server';
    return ['pattern key', id, x];
  })]: ignored} = {};
  async function outer(
    x,
    inner = async (y) => {
      'use server';
      return ['default of a server function', id, x, y];
    },
  ) {
    'use server';
    return inner;
  }
  throw_: try {
    throw async (x) => {
      'use server';
      return ['thrown', id, x];
    };
  } catch (thrown) {
    made.push(thrown);
  }
  switch (keep(async (x) => {
    'use server';
    return ['discriminant', id, x];
  })) {
    case 'key':
      if (true) {
        made.push(inIf);
        async function inIf(x) {
          'use server';
          return ['function in if in case', id, x];
        }
      }
  }
  for (const fn of [async (x) => {
    'use server';
    return ['loop head', id, x];
  }]) made.push(fn);
  while (made.length < 0) {
    made.push(async () => {
      'use server';
    });
  }
  return outer;
}
class Numbers {
  static async 0x10(x) {
    'use server';
    return ['hexadecimal', x];
  }
  static async 1_0(x) {
    'use server';
    return ['separator', x];
  }
  static async ''(x) {
    'use server';
    return ['empty', x];
  }
}
export default {
  nested: [{deep: async (x) => {
    'use server';
    return ['default export', x];
  }}],
};
export async function scenario(call) {
  const results = [];
  const generated = generator('g');
  const yielded = generated.next().value;
  const outer = Page('id');
  const all = [yielded, generated.next('s').value, ...(await awaited('a')), ...made];
  all.push(Numbers[16], Numbers[10], Numbers['']);
  all.push((await import(import.meta.url)).default.nested[0].deep);
  for (const fn of all) results.push([fn.name, await call(fn, 1)]);
  const inner = await call(outer, 2);
  results.push(await call(inner, 3));
  return results;
}
