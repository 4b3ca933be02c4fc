const shout = (text) => text.toUpperCase();
class Shape {
  sides = 4;
}
function count(list) {
  return list.length;
}
function Page({suffix}) {
  const format = (text) => text + suffix;
  const show = format;
  const last = show;
  const loud = shout;
  const size = count;
  const Form = Shape;
  async function send() {
    'use server';
    return suffix;
  }
  const alias = send;
  return async (text) => {
    'use server';
    return [
      show(text),
      last(text),
      last === format,
      loud(text),
      loud === shout,
      size([1, 2]),
      new Form().sides,
      new Form() instanceof Shape,
      await alias(),
      alias === send,
    ];
  };
}
export async function scenario(call) {
  return call(Page({suffix: '!'}), 'a');
}
