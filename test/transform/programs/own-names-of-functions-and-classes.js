function Page(id) {
  const action = async function self(n) {
    'use server';
    return n > 0 ? self(n - 1) : [typeof self, self.name, self.length, id];
  };
  const nested = async function shadowed(shadowed) {
    'use server';
    return shadowed;
  };
  const redeclared = async function redeclared() {
    'use server';
    var redeclared = 'var wins';
    return redeclared;
  };
  const Local = class Named {
    static who = 'named ' + id;
    static action = async () => {
      'use server';
      return [Named.who, typeof Local];
    };
    static async method() {
      'use server';
      return Named.who;
    }
  };
  class Declared {
    static tag = 'declared ' + id;
    static async method() {
      'use server';
      return Declared.tag;
    }
  }
  return [action, nested, redeclared, Local.action, Local.method, Declared.method];
}
export async function scenario(call) {
  const results = [];
  for (const fn of Page('id')) results.push([fn.name, await call(fn, 2)]);
  return results;
}
