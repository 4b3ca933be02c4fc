function make(x) {
  const calls = [];
  class After {
    static get save() {
      calls.push('getter');
      return 'getter';
    }
    static async save() {
      'use server';
      return ['after a getter', x];
    }
  }
  class AfterMethod {
    static save() {
      return 'method';
    }
    static async save() {
      'use server';
      return ['after a method', x];
    }
  }
  class Instance {
    static async save() {
      'use server';
      return ['beside one of instances', x];
    }
    save() {
      return 'instance';
    }
    get remove() {
      return 'instance';
    }
  }
  class Field {
    static async save() {
      'use server';
      return ['hidden by a field', x];
    }
    static save = 'field';
  }
  class OwnField {
    static save = async () => {
      'use server';
      return ['field', x];
    };
    static save() {}
  }
  class Proto {
    static async __proto__() {
      'use server';
      return ['proto', x];
    }
  }
  const beforeGetter = {
    async save() {
      'use server';
      return ['hidden by a getter', x];
    },
    get save() {
      calls.push('getter of an object');
      return 'getter';
    },
  };
  const afterGetter = {
    get save() {
      calls.push('never');
      return 'getter';
    },
    async save() {
      'use server';
      return ['object, after a getter', x];
    },
  };
  const twice = {
    async save() {
      'use server';
      return ['first', x];
    },
    async save() {
      'use server';
      return ['second', x];
    },
    'remove': 1,
    remove: async () => {
      'use server';
      return ['remove', x];
    },
  };
  return {
    calls,
    fns: [
      After.save, AfterMethod.save, Instance.save, OwnField.save,
      Object.getOwnPropertyDescriptor(Proto, '__proto__').value, afterGetter.save, twice.save, twice.remove,
    ],
    values: [Field.save, beforeGetter.save, new Instance().save()],
  };
}
export async function scenario(call) {
  const {calls, fns, values} = make('x');
  const results = [];
  for (const fn of fns) results.push([fn.name, await call(fn)]);
  return [results, values, calls];
}
