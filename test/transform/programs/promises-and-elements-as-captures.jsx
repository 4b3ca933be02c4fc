function Page({promise, children, slot}) {
  return async () => {
    'use server';
    const element = await slot;
    return [
      await promise,
      await promise.then(({a}) => a + 1).catch(() => 'not reached'),
      children.type,
      children.props.id,
      element.props.children,
    ];
  };
}
export async function scenario(call) {
  return call(
    Page({
      promise: Promise.resolve({a: 1}),
      children: <p id="x">text</p>,
      slot: Promise.resolve(<b>bold</b>),
    }),
  );
}
