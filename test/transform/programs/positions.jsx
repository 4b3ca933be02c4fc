const wrap = (fn) => fn;
const other = wrap(async (x) => {
  'use server';
  return ['wrapped', x];
});
const table = {
  plain: async (x) => {
    'use server';
    return ['plain', x];
  },
  async method(x, y = 2) {
    'use server';
    return ['method', x, y];
  },
  async 'with space'(x) {
    'use server';
    return ['with space', x];
  },
  async *generate(n) {
    'use server';
    for (let i = 0; i < n; i++) yield i;
  },
};
class Actions {
  static async first(x) {
    'use server';
    return ['static', x];
  }
  static second = async (x) => {
    'use server';
    return ['field', x];
  };
  static inBlock;
  static {
    const hidden = 'hidden';
    async function inner() {
      'use server';
      return hidden;
    }
    Actions.inBlock = inner;
  }
}
function Page(
  props,
  onSave = async (x) => {
    'use server';
    return [props.id, x];
  },
) {
  const element = (
    <form
      action={async (x) => {
        'use server';
        return ['jsx', props.id, x];
      }}
    />
  );
  const conditional = props.id
    ? async () => {
        'use server';
        return 'yes';
      }
    : null;
  const sequence =
    (0,
    async () => {
      'use server';
      return props.id;
    });
  return [onSave, element.props.action, conditional, sequence, after()];
  function after() {
    return late;
    async function late() {
      'use server';
      return ['late', props.id];
    }
  }
}
export const exported = async (x) => {
  'use server';
  return ['exported', x];
};
export async function declared(x) {
  'use server';
  return ['declared', x];
}
export default async function (x) {
  'use server';
  return ['default', x];
}
async function collect(result) {
  if (result === null || typeof result !== 'object' || !result[Symbol.asyncIterator]) return result;
  const all = [];
  for await (const value of result) all.push(value);
  return all;
}
export async function scenario(call) {
  const self = {exported, declared};
  const all = [
    other,
    ...Object.values(table),
    Actions.first,
    Actions.second,
    Actions.inBlock,
    ...Page({id: 9}),
    ...Object.values(self),
  ];
  const results = [];
  for (const fn of all) results.push([fn.name, fn.length, await collect(await call(fn, 1))]);
  results.push(Object.keys(table));
  return results;
}
