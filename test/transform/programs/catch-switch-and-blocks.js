{
  var outcome = [];
  let block = 'block';
  outcome.push(async () => {
    'use server';
    return block;
  });
}
function pick(kind) {
  switch (kind) {
    case 'a': {
      const inner = 'inner';
      return async () => {
        'use server';
        return [kind, inner];
      };
    }
    case 'b':
      return save;
    default:
      let shared = 'shared';
      async function save() {
        'use server';
        return [kind, typeof shared];
      }
      return async () => {
        'use server';
        return shared;
      };
  }
}
function fail() {
  try {
    throw {message: 'no', code: 7};
  } catch ({message, ...others}) {
    return async () => {
      'use server';
      return [message, others];
    };
  }
}
export async function scenario(call) {
  const results = [await call(outcome[0])];
  for (const kind of ['a', 'c']) results.push(await call(pick(kind)));
  results.push(await call(fail()));
  return results;
}
