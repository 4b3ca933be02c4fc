'use server';
exports = module.exports = {};
exports.save = async (x) => ['save', x];
exports.scenario = async (call) => [Object.isSealed(exports), await call(exports.save, 1)];
Object.seal(exports);
