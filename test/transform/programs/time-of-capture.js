function late() {
  const result = {save, read: async () => {
    'use server';
    return [typeof later, later.n, swapped.name, count];
  }};
  const later = {n: 1};
  let swapped = {name: 'first'};
  let count = 0;
  swapped = {name: 'second'};
  count += 5;
  later.n++;
  async function save() {
    'use server';
    return [later.n, swapped.name, count];
  }
  return result;
}
// What would throw when read early is read only where the program reads it.
function conditional(user) {
  return async (really) => {
    'use server';
    if (!really) return 'not asked';
    try {
      return user.profile.name;
    } catch (error) {
      return error instanceof TypeError;
    }
  };
}
// A reference in an async function of the outside, sent before and after a write.
async function across(call) {
  let state = 'one';
  const read = async () => {
    'use server';
    return state;
  };
  const first = await call(read);
  state = 'two';
  return [first, await call(read)];
}
function deadZone() {
  const early = async () => {
    'use server';
    return typeof value;
  };
  const keep = () => early;
  const value = 1;
  return keep();
}
export async function scenario(call) {
  const {save, read} = late();
  const results = [await call(save), await call(read), await across(call), await call(deadZone())];
  for (const user of [undefined, null, {}, {profile: null}, {profile: {name: 'Ada'}}]) {
    for (const really of [false, true]) results.push(await call(conditional(user), really));
  }
  return results;
}
