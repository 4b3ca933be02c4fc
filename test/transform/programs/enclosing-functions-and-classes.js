// A server function that uses what stands around it.
function outer(id) {
  function Page(depth) {
    const save = async (x) => {
      'use server';
      return x > 0 ? Page(depth + 1).info(x - 1) : [depth, id, Page.name];
    };
    return {save, async info(x) {
      return save(x);
    }};
  }
  const Named = function inner(n) {
    return async (x) => {
      'use server';
      return x > 0 ? inner(n + 1)(x - 1) : [n, id];
    };
  };
  class Model {
    static of(x) {
      return async () => {
        'use server';
        return [Model.name, x, new Model().id()];
      };
    }
    id() {
      return id;
    }
  }
  return [Page(0).save, Named(0), Model.of('x')];
}
export async function scenario(call) {
  const results = [];
  for (const fn of outer('id')) results.push(await call(fn, 2));
  return results;
}
