function Page({unit, base}) {
  const double = (n) => n * base;
  function label(n) {
    return `${n} ${unit}`;
  }
  const helpers = {
    label,
    half: (n) => n / base,
    negate(n) {
      return -n;
    },
    limit: 7,
    deep: {twice: double, name: 'deep', 'with-dash': () => unit},
  };
  const used = helpers.negate(1);
  async function save(n) {
    'use server';
    return [
      helpers.label(n),
      helpers.half(n),
      helpers.negate(n),
      helpers.limit,
      helpers.deep.twice(n),
      helpers.deep['with-dash'](),
      helpers.label === label,
      Object.keys(helpers),
    ];
  }
  const only = async () => {
    'use server';
    const {half, deep} = helpers;
    return [half(4), deep.name];
  };
  return {save, only, used};
}
export async function scenario(call) {
  const {save, only, used} = Page({unit: 'kg', base: 2});
  return [await call(save, 8), await call(only), used];
}
