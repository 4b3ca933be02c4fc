// The same text at several places.
function Page(id) {
  const twins = [
    async () => {
      'use server';
      return id;
    },
    async () => {
      'use server';
      return id;
    },
  ];
  {
    let id = 'inner';
    async function save() {
      'use server';
      return id;
    }
    twins.push(save);
  }
  {
    let id = 'second';
    async function save() {
      'use server';
      return id;
    }
    twins.push(save);
  }
  return twins;
}
export async function scenario(call) {
  const results = [];
  for (const fn of Page('outer')) results.push(await call(fn));
  return results;
}
