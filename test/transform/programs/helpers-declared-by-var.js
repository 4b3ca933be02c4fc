function Page({base}) {
  var add = (n) => n + base;
  var twice = function (n) {
    return add(n) * 2;
  };
  var Box = class {
    value = base;
  };
  function early() {
    return add(1);
  }
  async function save(n) {
    'use server';
    return [add(n), twice(n), new Box().value, early(), add.name, Box.name];
  }
  {
    var inner = () => base * 10;
    var nested = async () => {
      'use server';
      return inner();
    };
  }
  return [save, nested];
}
export async function scenario(call) {
  const [save, nested] = Page({base: 3});
  return [await call(save, 4), await call(nested)];
}
