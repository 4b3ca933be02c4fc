const log = [];
function make(id) {
  class Base {
    static base = 'base';
  }
  return class Actions extends Base {
    static #secret = 'secret';
    static label = Actions.#secret + id;
    field = async (x) => {
      'use server';
      return ['instance field', id, x];
    };
    static async direct(x, {y = 2} = {}, ...rest) {
      'use server';
      return ['direct', id, x, y, rest];
    }
    static arrow = async (x) => {
      'use server';
      return ['arrow', id, x];
    };
    static list = [
      async (x) => {
        'use server';
        return ['list', id, x];
      },
    ];
    static {
      const hidden = `hidden ${id}`;
      var hoisted = 'hoisted';
      log.push(typeof this.direct.$$typeof, this.label);
      this.block = async (x) => {
        'use server';
        return [hidden, hoisted, x];
      };
      this.declared = declared;
      async function declared(x) {
        'use server';
        return ['declared', hidden, x];
      }
    }
    constructor() {
      super();
      this.own = async (x) => {
        'use server';
        return ['own', id, x];
      };
    }
    method(y) {
      return async (x) => {
        'use server';
        return ['from a method', id, x, y];
      };
    }
    get getter() {
      return async (x) => {
        'use server';
        return ['from a getter', id, x];
      };
    }
    set setter(value) {
      this.stored = async (x) => {
        'use server';
        return ['from a setter', value, x];
      };
    }
    #private(y) {
      return async (x) => {
        'use server';
        return ['from a private method', y, x];
      };
    }
    viaPrivate() {
      return this.#private(id);
    }
  };
}
export async function scenario(call) {
  const Actions = make('id');
  const instance = new Actions();
  instance.setter = 'set';
  const fns = [
    instance.field, Actions.direct, Actions.arrow, Actions.list[0], Actions.block,
    Actions.declared, instance.own, instance.method('y'), instance.getter, instance.stored,
    instance.viaPrivate(),
  ];
  const results = [log.length, log[1], Actions.name, Actions.label];
  for (const fn of fns) results.push([fn.name, fn.length, await call(fn, 1)]);
  return results;
}
