function Page(value) {
  const label = 'outer';
  async function save(label) {
    'use server';
    const seen = [label];
    {
      let value = 'block';
      seen.push(value);
    }
    try {
      throw 1;
    } catch (value) {
      seen.push(value);
    }
    for (const value of [2]) seen.push(value);
    seen.push(
      (function value() {
        return typeof value;
      })(),
    );
    seen.push(((value) => value)(3));
    seen.push({value: 4}.value, {label}.label, value);
    label: for (;;) {
      break label;
    }
    seen.push(
      class value {
        static value = 5;
      }.value,
    );
    return seen;
  }
  return [
    save,
    async () => {
      'use server';
      return {label, value};
    },
  ];
}
export async function scenario(call) {
  const [save, other] = Page('outer value');
  return [await call(save, 'argument'), await call(other)];
}
