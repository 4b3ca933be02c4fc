const seen = [];
const mark = (value, {kind, name}) => void seen.push([kind, name]);
function make(id) {
  @mark
  class Actions {
    @mark static accessor action = async (x) => {
      'use server';
      return ['accessor', id, x];
    };
    @mark static field = async (x) => {
      'use server';
      return ['field', id, x];
    };
    @mark method() {
      return async (x) => {
        'use server';
        return ['method', id, x];
      };
    }
  }
  return Actions;
}
export async function scenario(call) {
  const Actions = make(1);
  return [
    await call(Actions.action, 2),
    await call(Actions.field, 2),
    await call(new Actions().method(), 2),
    seen,
  ];
}
