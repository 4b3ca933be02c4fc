// Only the members that are used travel: the others could not.
class Model {
  #id = 7;
  reads = 0;
  constructor() {
    this.unserialisable = () => {};
    this.child = {name: 'child', more: () => {}};
    this['a-b'] = 'dashed';
    this.list = [1, 2];
  }
  get id() {
    this.reads++;
    return this.#id;
  }
}
const KEY = 'dynamic';
function Page(model, maybe) {
  return [
    async () => {
      'use server';
      return [model.id, model.child.name, model['a-b'], model.list[0], model.child.absent?.x];
    },
    async () => {
      'use server';
      const read = () => model.child.name;
      return read() + (() => model.id)();
    },
    async () => {
      'use server';
      return [maybe?.a?.b?.c, maybe?.a?.b, maybe?.['a'], maybe?.list?.[0]?.x];
    },
    async (x = model.child.name, {y = model.id} = {}) => {
      'use server';
      return [x, y];
    },
  ];
}
function dynamic(table) {
  return async (key) => {
    'use server';
    return [table[key], table[KEY], table.fixed];
  };
}
function shapes(value) {
  return [
    async () => {
      'use server';
      const {a, ...others} = value;
      return [a, others];
    },
    async () => {
      'use server';
      return [{...value}, value.a];
    },
    async () => {
      'use server';
      return Object.keys(value);
    },
    async () => {
      'use server';
      return [value.a.b, value.a];
    },
    async () => {
      'use server';
      return [value.a, value.a.b];
    },
    async () => {
      'use server';
      return JSON.stringify(value) + value.a.b;
    },
  ];
}
export async function scenario(call) {
  const results = [];
  const run = async (fns, ...args) => {
    for (const fn of fns) results.push(await call(fn, ...args));
  };
  await run(Page(new Model(), undefined));
  await run(Page(new Model(), {a: null}));
  await run(Page(new Model(), {a: {b: {c: 'deep'}}, list: [{x: 1}]}));
  await run([dynamic({one: 1, dynamic: 2, fixed: 3})], 'one');
  await run(shapes({a: {b: 1, c: 2}, d: 3}));
  return results;
}
