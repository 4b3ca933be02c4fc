function Page(base) {
  const {inPattern = async (n) => {
    'use server';
    return n <= 0 ? base : 'deeper';
  }} = {};
  let assigned = async (n) => {
    'use server';
    return n <= 0 ? base : assigned(n - 1);
  };
  var byVar = async function (n) {
    'use server';
    return n <= 0 ? base : byVar(n - 1);
  };
  let later;
  later = async (n) => {
    'use server';
    return n <= 0 ? base : later(n - 1);
  };
  const sameByBothNames = async function inner(n) {
    'use server';
    return n <= 0 ? inner === sameByBothNames : sameByBothNames(n - 1);
  };
  class Actions {
    static async down(n) {
      'use server';
      return n <= 0 ? base : Actions.down(n - 1);
    }
  }
  const ping = async (n) => {
    'use server';
    return n <= 0 ? ['ping', base] : pong(n - 1);
  };
  const pong = async (n) => {
    'use server';
    return n <= 0 ? ['pong', base] : helper(n - 1);
  };
  function helper(n) {
    return ping(n);
  }
  async function partial(a, b) {
    'use server';
    return b === undefined ? partial.bind(null, a) : [base, a, b];
  }
  return {inPattern, assigned, byVar, later, sameByBothNames, down: Actions.down, ping, partial};
}
export async function scenario(call) {
  const page = Page('base');
  const results = [];
  for (const name of ['inPattern', 'assigned', 'byVar', 'later', 'sameByBothNames', 'down', 'ping']) {
    results.push([name, await call(page[name], 3)]);
  }
  const bound = await call(page.partial, 1);
  results.push(await call(bound, 2));
  return results;
}
