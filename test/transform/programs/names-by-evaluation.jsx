// ECMAScript names anonymous functions after their place; so must the compiled ones be.
const key = 'k';
const symbol = Symbol('described');
const a = async () => {
  'use server';
};
const b = async function () {
  'use server';
};
const c = (async () => {
  'use server';
});
const d = (0, async () => {
  'use server';
});
const e = async function own() {
  'use server';
};
let f;
f = async () => {
  'use server';
};
const { h = async () => {
  'use server';
} } = {};
const object = {
  i: async () => {
    'use server';
  },
  'j k': async () => {
    'use server';
  },
  12: async () => {
    'use server';
  },
  [key]: async () => {
    'use server';
  },
  [`${key}2`]: async function () {
    'use server';
  },
  [symbol]: async () => {
    'use server';
  },
  async [key + 3]() {
    'use server';
  },
};
class K {
  static l = async () => {
    'use server';
  };
  static async m() {
    'use server';
  }
  static 'n o' = async () => {
    'use server';
  };
  static 13 = async () => {
    'use server';
  };
}
function parameter(p = async () => {
  'use server';
}) {
  return p;
}
const element = (
  <use
    on-save={async () => {
      'use server';
    }}
    xlink:href={async () => {
      'use server';
    }}
  />
);
const withPrototype = {
  __proto__: async () => {
    'use server';
  },
};
const passed = ((fn) => fn)(async () => {
  'use server';
});
const member = {};
member.x = async () => {
  'use server';
};
export async function scenario() {
  return [
    [a, b, c, d, e, f, h].map((fn) => fn.name),
    Reflect.ownKeys(object).map((k) => object[k].name),
    ['l', 'm', 'n o', '13'].map((k) => K[k].name),
    parameter().name,
    Object.values(element.props).map((fn) => fn.name),
    Object.getPrototypeOf(withPrototype).name,
    passed.name,
    member.x.name,
  ];
}
