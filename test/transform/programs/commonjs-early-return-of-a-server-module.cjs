'use server';
exports.save = async (x) => ['save', x];
exports.scenario = async (call) => [
  await call(exports.save, 1),
  exports.later === undefined ? 'not exported' : await call(exports.later),
];
if (exports.save) return
exports.later = async () => 'later';
