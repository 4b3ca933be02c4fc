'use server';
exports.save = async (x) => ['save', x];
const other = require('./commonjs-cycle.cjs');
exports.later = async (x) => ['later', x, other === exports];
exports.scenario = async (call) => [await call(exports.save, 1), await call(exports.later, 2)];
