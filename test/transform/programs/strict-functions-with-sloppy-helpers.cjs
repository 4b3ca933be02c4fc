// Each helper stays as strict or as sloppy as it is written, wherever the server function stands.
const R = exports.R = {};
R.a = (function () { function h() { return this === globalThis; } return {m: (id) => { class X { static async go() { 'use server'; return [h(), id]; } } return X.go; }}; })().m(1);
R.b = (function (x) { function h(a) { a = 5; return [arguments[0], x]; } const o = {make(id) { 'use strict'; return async function () { 'use server'; return [h(1), id, (function () { return this; })()]; }; }}; return o.make(2); })(3);
exports.P = function (x) { function outer(a) { a = 2; return arguments[0]; } const strictOne = function (a) { 'use strict'; a = 2; return arguments[0]; }; class K { static f = async () => { 'use server'; return [outer(1), strictOne(1), inner(1), x]; }; } function inner(a) { return outer(a) + strictOne(a); } return K.f; };
exports.Q = function (x) { 'use strict'; function s() { return this === undefined; } const K = class { static async f() { 'use server'; return [s(), x]; } }; return K.f; };
exports.T = function () { function caller() { return typeof caller.caller; } return class { static async f() { 'use server'; return 1; } }.f; };
exports.U = function (x) { async function ref(y) { 'use server'; return [sl(), y, x]; } function sl() { return this !== undefined; } class K { static async f(y) { 'use server'; return [await ref(y), sl()]; } } return K.f; };
exports.V = function (x) { const sl = function () { return [typeof this, x]; }; const alias = () => sl(); const o = {f: class { static async g() { 'use server'; return [sl(), alias()]; } }}; return o.f.g; };
exports.W = function (yield_) { var let1 = 1, static = 2, interface = 3; function h() { return static + interface; } return async () => { 'use server'; return [h(), static, let1]; }; };
exports.scenario = async (call) => { const r = []; for (const f of [R.a, R.b, exports.P(7), exports.Q(8), exports.T(), exports.U(9), exports.V(4), exports.W()]) r.push(await call(f, 'y')); return r; };
