// A `var` is one variable for all turns, a `let` one for each.
function loops() {
  const fns = [];
  for (var i = 0; i < 3; i++) {
    let copy = i;
    var shared = i * 10;
    fns.push(async () => {
      'use server';
      return [i, copy, shared];
    });
  }
  for (var key in {a: 1, b: 2}) {
    fns.push(async () => {
      'use server';
      return key;
    });
  }
  for (let [a, b] = [0, 1]; a < 2; [a, b] = [a + 1, a]) {
    fns.push(async () => {
      'use server';
      return [a, b];
    });
  }
  for (let j = 0, inHead = async () => {
    'use server';
    return j;
  }; j < 2; j++) {
    fns.push(inHead);
  }
  for (let k = 0; k < 2; k++, fns.push(async () => {
    'use server';
    return k;
  }));
  outer: for (const x of [1, 2, 3]) {
    for (const y of [1, 2]) {
      if (y === 2) continue outer;
      if (x === 3) break outer;
      fns.push(async () => {
        'use server';
        return [x, y];
      });
    }
  }
  return fns;
}
export async function scenario(call) {
  const results = [];
  for (const fn of loops()) results.push(await call(fn));
  return results;
}
