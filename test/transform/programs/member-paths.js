class Model {
  constructor(id) {
    this.id = id;
    this.secret = () => 'not serialisable';
  }
  get title() {
    return `title ${this.id}`;
  }
}
function Page({model, maybe, text, list, map}) {
  return {
    paths: async () => {
      'use server';
      return [model.id, model.title, maybe?.a?.b, maybe?.['c']];
    },
    receivers: async () => {
      'use server';
      return [text.trim(), list.map((n) => n * 2), list.at?.(0), map.get('k')];
    },
    lengths: async () => {
      'use server';
      return [text.length, list.length, map.size];
    },
    conditional: async () => {
      'use server';
      return maybe ? maybe.a.b : 'nothing';
    },
    kinds: async () => {
      'use server';
      return [typeof model.id, typeof undefined_, `${model.id}`, model['id']];
    },
    written: async () => {
      'use server';
      const copy = {...list};
      return copy;
    },
  };
}
export async function scenario(call) {
  const make = (maybe) =>
    Page({model: new Model(3), maybe, text: ' t ', list: [1, 2], map: new Map([['k', 'v']])});
  const results = [];
  for (const maybe of [null, undefined, {a: {b: 1}, c: 2}]) {
    const page = make(maybe);
    for (const name of Object.keys(page)) results.push(await call(page[name]));
  }
  return results;
}
