const id = (x) => x;
const call2 = (a, b) => b;
function Page(p) {
  let late, orAssigned, nullish;
  const list = [
    async () => {
      'use server';
      return ['array', p];
    },
    ...[
      async () => {
        'use server';
        return ['spread', p];
      },
    ],
  ];
  late = async () => {
    'use server';
    return ['assigned', p];
  };
  orAssigned ||= async () => {
    'use server';
    return ['or', p];
  };
  nullish ??= async () => {
    'use server';
    return ['nullish', p];
  };
  const and =
    p &&
    (async () => {
      'use server';
      return ['and', p];
    });
  const fallback =
    late.nothing ??
    (async () => {
      'use server';
      return ['fallback', p];
    });
  const { fromPattern = async () => {
      'use server';
      return ['pattern', p];
    } } = {};
  const [fromArray = async () => {
    'use server';
    return ['array pattern', p];
  }] = [];
  const template = id`${async () => {
    'use server';
    return ['template', p];
  }}`;
  const made = new (class {
    constructor(fn) {
      this.fn = fn;
    }
  })(async () => {
    'use server';
    return ['new', p];
  });
  const wrapped = call2(
    1,
    id(
      id(async () => {
        'use server';
        return ['wrapped', p];
      }),
    ),
  );
  const bound = async function (a, b) {
    'use server';
    return ['bound', p, a, b];
  }.bind(null, 'first');
  const optional = id?.(async () => {
    'use server';
    return ['optional call', p];
  });
  const immediate = (() => async () => {
    'use server';
    return ['immediate', p];
  })();
  const holder = {};
  holder.member = async () => {
    'use server';
    return ['member', p];
  };
  holder['computed' + 1] = async () => {
    'use server';
    return ['computed', p];
  };
  return [
    ...list, late, orAssigned, nullish, and, fallback, fromPattern, fromArray,
    made.fn, wrapped, bound, optional, immediate, holder.member, holder.computed1,
    (() => {
      throw 0;
    }) && (async () => {
      'use server';
      return ['last', p];
    }),
  ];
}
export async function scenario(call) {
  const results = [];
  for (const fn of Page('p')) results.push([fn.name, fn.length, await call(fn, 1)]);
  return results;
}
