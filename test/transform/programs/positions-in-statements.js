const out = {};
function statements(flag, id) {
  if (flag) {
    out.inIf = inIf;
    async function inIf(x) {
      'use server';
      return ['if', id, x];
    }
  } else out.inElse = async (x) => {
    'use server';
    return ['else', id, x];
  };
  label: {
    out.inLabel = inLabel;
    async function inLabel(x) {
      'use server';
      return ['label', id, x];
    }
    if (flag) break label;
    out.skipped = 1;
  }
  do {
    const turn = 'do';
    out.inDo = async (x) => {
      'use server';
      return [turn, id, x];
    };
  } while (false);
  try {
    out.inTry = async (x) => {
      'use server';
      return ['try', id, x];
    };
    throw new Error('caught');
  } catch {
    out.inCatch = async (x) => {
      'use server';
      return ['catch', id, x];
    };
  } finally {
    out.inFinally = inFinally;
    async function inFinally(x) {
      'use server';
      return ['finally', id, x];
    }
  }
  switch (id) {
    case 'no':
    case 'p':
      out.inCase = inCase;
    default:
      async function inCase(x) {
        'use server';
        return ['case', id, x];
      }
  }
  return;
  out.never = 1;
  async function unreachable() {
    'use server';
    return id;
  }
}
statements(true, 'p');
statements(false, 'q');
{
  const block = 'block';
  {
    const inner = 'inner';
    out.inModuleBlock = save;
    async function save(x) {
      'use server';
      return [block, inner, x];
    }
  }
}
for (const item of ['only']) {
  out.inModuleLoop = async (x) => {
    'use server';
    return [item, x];
  };
}
export async function scenario(call) {
  const results = [];
  for (const [key, fn] of Object.entries(out)) {
    if (typeof fn !== 'function') results.push([key, fn]);
    else results.push([key, fn.name, fn.length, await call(fn, 1)]);
  }
  return results;
}
