// A function that is declared in a static block is no member of its class.
function Page() {
  const used = [];
  class Store {
    kind = 'store';
    static {
      async function again() {
        'use server';
        return [typeof again, 1];
      }
      used.push(again);
      const twice = async () => {
        'use server';
        return [typeof twice, 2];
      };
      used.push(twice);
    }
  }
  async function again() {
    'use server';
    return [typeof again, 3];
  }
  return [...used.slice(0, 2), again];
}
export async function scenario(call) {
  const results = [];
  for (const fn of Page()) results.push(await call(fn));
  return results;
}
