const separator = '-';
function Page({user, items}, level) {
  const upper = (s) => s.toUpperCase();
  function title(name = user.name) {
    return upper(name) + separator + count();
  }
  function count(n = items.length) {
    return n === 0 ? level : count(n - 1);
  }
  let viaLet = (x) => [x, level];
  const viaConst = function (x) {
    return viaLet(x);
  };
  async function load() {
    await null;
    return title();
  }
  class Shape {
    static made = 0;
    kind = upper('shape');
    area() {
      return 0;
    }
    describe() {
      return `${this.kind} ${this.area()} ${user.name}`;
    }
  }
  class Square extends Shape {
    #side = level;
    area() {
      return this.#side ** 2;
    }
    static of() {
      return new this();
    }
  }
  const Named = class extends Square {
    kind = 'named';
  };
  async function direct() {
    'use server';
    return [title(), Square.of().describe(), new Named().describe(), await load(), viaConst(1)];
  }
  // The same helpers, reached by two paths.
  async function twice() {
    'use server';
    const again = () => title('x');
    return [again(), title(), count(), new Square() instanceof Shape];
  }
  const make = (x) => async () => {
    'use server';
    return [x, title()];
  };
  async function maker() {
    'use server';
    return make('made');
  }
  return {direct, twice, maker, made: make('direct')};
}
function order() {
  function inner() {
    class Early extends Late {}
    return async () => {
      'use server';
      return new Early().value;
    };
  }
  class Late {
    value = 'late';
  }
  return inner();
}
export async function scenario(call) {
  const page = Page({user: {name: 'Ada', secret: 1}, items: [1, 2]}, 3);
  const made = await call(page.maker);
  return [
    await call(page.direct),
    await call(page.twice),
    await call(made),
    await call(page.made),
    await call(order()),
  ];
}
