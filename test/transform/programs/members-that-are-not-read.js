// A member that cannot be sent, throws or never comes is no reason to fail where it is not read.
class Connection {
  query() {}
}
function Page(props) {
  return [
    async () => {
      'use server';
      return props.id ? props.id : props.format;
    },
    async () => {
      'use server';
      return props.id || props.connection || props.nested.run;
    },
    async () => {
      'use server';
      return props.id > 0 ? 'no title' : props.title;
    },
    async () => {
      'use server';
      return props.labels.text ?? props.labels.symbol;
    },
    async () => {
      'use server';
      return props.id ? 'not awaited' : await props.rejected;
    },
  ];
}
function translate(t, fallback) {
  return async () => {
    'use server';
    return [t.hello, t.missing, fallback.hello];
  };
}
export async function scenario(call) {
  const results = [];
  const props = {
    id: 1,
    format() {},
    connection: new Connection(),
    nested: {run: () => 1},
    labels: {text: 'label', symbol: Symbol('own')},
    rejected: Promise.reject(new Error('not needed')),
    get title() {
      throw new Error('no title yet');
    },
  };
  props.rejected.catch(() => {});
  for (const fn of Page(props)) results.push(await call(fn));
  const t = new Proxy({}, {get: (_, key) => `t(${String(key)})`});
  results.push(await call(translate(t, {hello: undefined})));
  return results;
}
