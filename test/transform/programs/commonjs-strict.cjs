'use strict';
function Page(id) {
  return async () => {
    'use server';
    return [(function () { return this === undefined; })(), id];
  };
}
class Actions {
  static async save() {
    'use server';
    return (function () { return this === undefined; })();
  }
}
if (!exports) return;
module.exports = {
  scenario: async (call) => [await call(Page(1)), await call(Actions.save)],
};
