const prefix = 'module:';
function Page({user, limit}) {
  const format = (text) => prefix + user.name + text + suffix();
  function suffix() {
    return '!'.repeat(limit);
  }
  class Counter {
    count = limit;
    add(n) {
      this.count += n;
      return this;
    }
  }
  async function save(text) {
    'use server';
    return [format(text), new Counter().add(2).count, delegate === save];
  }
  async function delegate(text) {
    'use server';
    return save(text);
  }
  return {save, delegate};
}
export async function scenario(call) {
  const {save, delegate} = Page({user: {name: 'Ada'}, limit: 2});
  return [await call(save, ' hi'), await call(delegate, ' yo')];
}
