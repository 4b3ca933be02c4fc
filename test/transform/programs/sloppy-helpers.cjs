// Helpers that mean something else in strict code, for server functions that are strict.
exports.A = function (x) { function h() { return typeof this; } return class { static async go() { 'use server'; return [h(), x]; } }; };
exports.B = function () { function add(a, b) { arguments[0] = 10; return a + b; } function outer() { return add(1, 2); } return function () { 'use strict'; const strictHelper = function () { return typeof this; }; return async (z) => { 'use server'; return [outer(), strictHelper(), z]; }; }(); };
exports.C = function (x) { function twice() { return 1; } function twice() { return 2 + x; } return async () => { 'use server'; return twice(); }; };
exports.D = function () { function un() { leaked = 5; const v = leaked; delete globalThis.leaked; return v; } class K { static save = async () => { 'use server'; return un(); }; } return K.save; };
exports.E = function () { function oct() { return 010; } class K { static save = async () => { 'use server'; return oct(); }; } return K.save; };
exports.F = function () { function w(o) { with (o) { return a; } } class K { static async save() { 'use server'; return w({a: 4}); } } return K.save; };
exports.G = function () { function dup(a, a) { return a; } const K = class { static async save() { 'use server'; return dup(1, 2); } }; return K.save; };
exports.H = function () { { function inBlock() { return 'in'; } var f = async () => { 'use server'; return inBlock(); }; } return f; };
exports.I = function (x) { switch (x) { case 1: function sw() { return 'sw'; } return async () => { 'use server'; return sw(); }; } };
exports.K = function () { 'use strict'; { function s() { return 1; } } const f = () => typeof s; return async () => { 'use server'; return f(); }; };
exports.L = function (o) { return async function () { 'use server'; with (o) { return a; } }; };
exports.M = function () { let f = 1; { function f() {} } return async () => { 'use server'; return f; }; };
exports.O = function () { { async function h() { return 1; } } return async () => { 'use server'; return typeof h; }; };
exports.scenario = async (call) => { const r = []; for (const f of [exports.A(1).go, exports.B(), exports.C(1), exports.D(), exports.E(), exports.F(), exports.G(), exports.H(), exports.I(1), exports.K(), exports.L({a: 9}), exports.M(), exports.O()]) r.push(await call(f, 'z')); return r; };
