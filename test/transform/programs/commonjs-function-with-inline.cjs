function Page(id) {
  return async (x) => {
    'use server';
    return ['inline', id, x];
  };
}
module.exports = Page;
module.exports.scenario = async (call) => call(Page('id'), 1);
