import {compile} from './support/compile.ts';

/** Something is kept on local code, or it cannot be written again. */
const KEPT = [
  `export function Page() { const f = () => f.n; const [g] = [f]; g.n = 3; return async () => { 'use server'; return f(); }; }`,
  `export function Page() { const f = () => f.n; const o = [f]; o[0].n = 3; return async () => { 'use server'; return f(); }; }`,
  `export function Page() { const f = () => f.n; (0, f).n = 3; return async () => { 'use server'; return f(); }; }`,
  `export function Page() { const f = () => f.n; const g = () => 1; const x = Math.random() > 2 ? g : f; x.n = 3; return async () => { 'use server'; return f(); }; }`,
  `export function Page() { const f = () => f.n; for (const [k, it] of Object.entries({f})) { it.n = k; } return async () => { 'use server'; return f(); }; }`,
  `export function Page() { const f = () => f.n; const g = () => 1; [f, g].forEach((it) => { it.n = 3; }); return async () => { 'use server'; return f(); }; }`,
  `export function Page() { const f = () => f.n; const l = [f]; for (const it of l) { it.n = 3; } return async () => { 'use server'; return f(); }; }`,
  `export function Page() { const f = () => f.n; for (const it of [f]) it.n = 3; return async () => { 'use server'; return f(); }; }`,
  `export function Page() { const f = () => f.n; (function (x) { x.n = 3; })(f); return async () => { 'use server'; return f(); }; }`,
  `export function Page() { const f = () => f.n; let x; x = f; x.n = 3; return async () => { 'use server'; return f(); }; }`,
  `export function Page() { const f = () => f.n; const o = {}; o.f = f; o.f.n = 3; return async () => { 'use server'; return f(); }; }`,
  `let kept; function later() { kept.n = 3; }
export function Page() { const f = () => f.n; kept = f; later(); return async () => { 'use server'; return f(); }; }`,
  `export function Page() { const f = () => f.n; const o = {f}; o.f.n = 3; return async () => { 'use server'; return f(); }; }`,
  `export function Page() { const f = () => f.n; const x = null || f; x.n = 3; return async () => { 'use server'; return f(); }; }`,
  `export function Page() { const f = () => f.n; const put = (x) => { x.n = 3; }; put(f); return async () => { 'use server'; return f(); }; }`,
  `export function Page() { const f = () => f.n; function put({fn, n}) { fn.n = n; } put({fn: f, n: 3}); return async () => { 'use server'; return f(); }; }`,
  `export function Page() { const f = () => f.n; const {g} = {g: f}; g.n = 3; return async () => { 'use server'; return f(); }; }`,
  `export function Page() { const f = () => f.n; const id = (x) => x; id(f).n = 3; return async () => { 'use server'; return f(); }; }`,
  `export function Page() { const f = () => f.n; const o = {...{f}}; o.f.n = 3; return async () => { 'use server'; return f(); }; }`,
  `export function Page() { const f = () => f.n; for (const it of Object.values({f})) { it.n = 1; } return async () => { 'use server'; return f(); }; }`,
  `export function Page() { const l = [(s) => s]; return async () => { 'use server'; return l[0](1); }; }`,
  `export function Page() { const a = (s) => s; const up = a.bind(null, 1); return async () => { 'use server'; return up(); }; }`,
  `const reg = (C) => { S.n++; return C; };
export function Page() { @reg class A { n = 1 } return async () => { 'use server'; return new A().n; }; }`,
  `let i = 0; const key = () => "k" + i++;
export function Page() { class A { static [key()]() { return 1; } } return async () => { 'use server'; return Object.getOwnPropertyNames(A).filter(k => k[0] == "k"); }; }`,
  `export function Page() { const up = S ? (s) => s + 1 : (s) => s; return async () => { 'use server'; return up(1); }; }`,
  `export function Page() { const a = (s) => s; function b(s) { return s; } const up = S ? a : b; return async () => { 'use server'; return up(1); }; }`,
  `export function Page() { class A { static run() { return A.run.n; } } A.run.n = 3; return async () => { 'use server'; return A.run(); }; }`,
  `export function Page() { const f = () => f.n; const put = (x = f) => { x.n = 3; }; put(); return async () => { 'use server'; return f(); }; }`,
  `export function Page() { function f(a) { return f.length; } delete f.length; return async () => { 'use server'; return f(); }; }`,
  `export function Page() { class A { static n = 0; next() { const {constructor: C} = this; return ++C.n; } } return async () => { 'use server'; return new A().next(); }; }`,
  `export function Page() { class A extends (S.n ? Map : Set) {} S.n = 5; return async () => { 'use server'; return new A() instanceof Set; }; }`,
  `export function Page() { class A extends (S.n++, Object) {} return async () => { 'use server'; new A(); return S.n; }; }`,
  `import * as util from 'node:util'; import {promises} from 'node:fs'; const notes = {note(f) { f.v = 1; }}; const {note} = notes;
export function Page() { const f = () => f.v; promises.x?.(f); util.deprecate.call(f, f); note(f); return async () => { 'use server'; return f(); }; }`,
  `import {inherits} from 'node:util'; const merge = globalThis.mergeX ??= (a, b) => Object.assign(a, b);
export function Page() { const f = () => f.v; merge(f, {v: 3}); return async () => { 'use server'; return f(); }; }`,
  `export function Page() { function f() { f.n++; return String(f.n); } return async () => { 'use server'; return f(); }; }`,
  `export function Page() { class A { static n = 0; static next() { return ++this.n; } } class B extends A {} return async () => { 'use server'; return B.next(); }; }`,
  `export function Page() { class A { static n = 0; } const a = new A(); a.constructor.n = 4; return async () => { 'use server'; return A.n; }; }`,
  `export function Page() { let up = (s) => s + 1; if (S) up = (s) => s + 2; return async () => { 'use server'; return up(1); }; }`,
  `export function Page() { let v = 1; class A { static v = v; } v = 2; return async () => { 'use server'; return A.v; }; }`,
  `export function Page() { const h = {a: (s) => s, n: S.n}; const up = h.a; return async () => { 'use server'; return up(1); }; }`,
  `export function Page() { class A { static run() { return A.run.n; } } const r = A.run; r.n = 3; return async () => { 'use server'; return A.run(); }; }`,
  `const mixin = (B) => class extends B { n = ++S.n; };
export function Page() { class A extends mixin(Object) {} return async () => { 'use server'; return new A().n; }; }`,
  `export function Page() { function f() { return f.name; } Object.defineProperty(f, 'name', {value: 'x'}); return async () => { 'use server'; return f(); }; }`,
  `export function Page() { function A() { new.target.n = (new.target.n ?? 0) + 1; } return async () => { 'use server'; new A(); return A.n; }; }`,
  `export function Page() { class A { static n = 0; constructor() { new.target.n++; } } return async () => { 'use server'; new A(); return A.n; }; }`,
  `export function Page() { const A = class Inner { static n = 0; static next() { return ++Inner.n; } }; return async () => { 'use server'; return A.next(); }; }`,
  `export function Page() { const [up] = [(s) => s + 1]; return async () => { 'use server'; return up(1); }; }`,
  `export function Page() { const {up} = {up: (s) => s + 1}; return async () => { 'use server'; return up(1); }; }`,
  `export function Page() { class A { static #n = 0; static next() { return ++this.#n; } } return async () => { 'use server'; return A.next(); }; }`,
  `export function Page() { class A { static #n = 0; static next() { return ++A.#n; } } return async () => { 'use server'; return A.next(); }; }`,
  `export function Page() { class F {} const p = F.prototype; p.hi = () => 'hi'; return async () => { 'use server'; return new F().hi(); }; }`,
  `export function Page() { function F() {} Object.assign(F.prototype, {hi() { return 'hi'; }}); return async () => { 'use server'; return new F().hi(); }; }`,
  `export function Page() { function F() {} F.prototype.hi = function () { return 'hi'; }; return async () => { 'use server'; return new F().hi(); }; }`,
  `export function Page() { function F() {} F.prototype = {hi: () => 'hi'}; return async () => { 'use server'; return new F().hi(); }; }`,
  `export function Page() { function f() { return f.n; } Object.assign(f, {n: 3}); return async () => { 'use server'; return f(); }; }`,
  `export function Page() { function f() { return f.n; } Object['assign'](f, {n: 3}); return async () => { 'use server'; return f(); }; }`,
  `export function Page() { function f() { return f.n; } Object[\`assign\`](f, {n: 3}); return async () => { 'use server'; return f(); }; }`,
  `export function Page() { function f() { return f.n; } Object.assign?.(f, {n: 3}); return async () => { 'use server'; return f(); }; }`,
  `export function Page() { function f() { return f.n; } Object?.assign(f, {n: 3}); return async () => { 'use server'; return f(); }; }`,
  `export function Page() { function f() { return f.n; } globalThis.Object.assign(f, {n: 3}); return async () => { 'use server'; return f(); }; }`,
  `export function Page() { function f() { return f.n; } Object.assign.call(Object, f, {n: 3}); return async () => { 'use server'; return f(); }; }`,
  `export function Page() { function f() { return f.n; } Object.assign.apply(Object, [f, {n: 3}]); return async () => { 'use server'; return f(); }; }`,
  `export function Page() { function f() { return f.n; } Object.assign.bind(Object)(f, {n: 3}); return async () => { 'use server'; return f(); }; }`,
  `export function Page() { function f() { return f.n; } Reflect.apply(Object.assign, null, [f, {n: 3}]); return async () => { 'use server'; return f(); }; }`,
  `export function Page() { function f() { return f.n; } (0, Object.assign)(f, {n: 3}); return async () => { 'use server'; return f(); }; }`,
  `export function Page() { function f() { return f.n; } Object.defineProperty(f, 'n', {value: 3}); return async () => { 'use server'; return f(); }; }`,
  `export function Page() { function f() { return f.n; } Object.defineProperties(f, {n: {value: 3}}); return async () => { 'use server'; return f(); }; }`,
  `export function Page() { function f() { return f.n; } Reflect.set(f, 'n', 3); return async () => { 'use server'; return f(); }; }`,
  `export function Page() { function f() { return f.n; } Reflect.defineProperty(f, 'n', {value: 3}); return async () => { 'use server'; return f(); }; }`,
  `export function Page() { function f() { return f.n; } Object.setPrototypeOf(f, {n: 3}); return async () => { 'use server'; return f(); }; }`,
  `export function Page() { function f() { return f.n; } Reflect.setPrototypeOf(f, {n: 3}); return async () => { 'use server'; return f(); }; }`,
  `export function Page() { function f() { return f.n; } f.__proto__ = {n: 3}; return async () => { 'use server'; return f(); }; }`,
  `export function Page() { function f() { return f.n; } f['__proto__'] = {n: 3}; return async () => { 'use server'; return f(); }; }`,
  `export function Page() { function f() { return f.n; } f.n ??= 3; return async () => { 'use server'; return f(); }; }`,
  `export function Page() { function f() { return f.n; } f.n ||= 3; return async () => { 'use server'; return f(); }; }`,
  `export function Page() { function f() { return f.n; } f['n'] = 3; return async () => { 'use server'; return f(); }; }`,
  `export function Page() { function f() { return f.n; } [f.n] = [3]; return async () => { 'use server'; return f(); }; }`,
  `export function Page() { function f() { return f.n; } ({a: f.n} = {a: 3}); return async () => { 'use server'; return f(); }; }`,
  `export function Page() { function f() { return f.n; } for (f.n of [3]);; return async () => { 'use server'; return f(); }; }`,
  `export function Page() { function f() { return f.n; } for (f.n in {x: 1});; return async () => { 'use server'; return f(); }; }`,
  `export function Page() { function f() { return f.n; } (f).n = 3; return async () => { 'use server'; return f(); }; }`,
  `export function Page() { function f() { return f.n; } f.__defineGetter__('n', () => 3); return async () => { 'use server'; return f(); }; }`,
  `export function Page() { function f() { return f.n; } const {defineProperty: d} = Object; d(f, 'n', {value: 3}); return async () => { 'use server'; return f(); }; }`,
  `export function Page() { function f() { return f.n; } const O = Object; O.assign(f, {n: 3}); return async () => { 'use server'; return f(); }; }`,
  `export function Page() { function f() { return f.n; } const a = Object.assign; a(f, {n: 3}); return async () => { 'use server'; return f(); }; }`,
  `export function Page() { function f() { return f.n; } Object.assign(f, ...[{n: 3}]); return async () => { 'use server'; return f(); }; }`,
  `export function Page() { function f() { return f.n; } const k = 'n'; f[k] = 3; return async () => { 'use server'; return f(); }; }`,
  `export function Page() { function f() { return f.n; } let o = Object.freeze(Object.assign(f, {n: 3})); return async () => { 'use server'; return f(); }; }`,
  `export function Page() { function f() { return f.n; } delete f.length; f.n = 1; return async () => { 'use server'; return f(); }; }`,
  `export function Page() { const re = /a/; Object.assign(re, {hint: 'x'}); return async () => { 'use server'; return re.hint; }; }`,
  `export function Page() { const re = /a/; re.compile('b'); return async () => { 'use server'; return re.test('b'); }; }`,
  `export function Page() { const re = /a/; re.lastIndex = 5; return async () => { 'use server'; return re.lastIndex; }; }`,
  `export function Page() { class A { static n = 0; static next() { const self = this; self.n += 1; return self.n; } } return async () => { 'use server'; return A.next(); }; }`,
  `export function Page() { class A { static #n = 0; static get n() { return this.#n; } static set n(v) { this.#n = v; } } return async () => { 'use server'; A.n++; return A.n; }; }`,
  `export function Page() { class A { static v = []; } return async () => { 'use server'; A.v.push(1); return A.v.length; }; }`,
  `export function Page() { class A { static n = 0; } class B extends A { static { A.n = 5; } } return async () => { 'use server'; return [A.n, typeof B]; }; }`,
  `export function Page() { class A { static v = Date.now(); } return async () => { 'use server'; return A.v; }; }`,
  `let n = 0;
export function Page() { n++; class A { static v = n; } return async () => { 'use server'; return A.v; }; }`,
  `export function Page() { class A { static v = new Map(); } return async () => { 'use server'; return A.v.size; }; }`,
  `const cfg = {n: 1};
export function Page() { class A { static v = cfg.n; } return async () => { 'use server'; return A.v; }; }`,
  `export function Page() { class A { static n = 0; } class B extends A { static next() { return ++A.n; } } return async () => { 'use server'; return B.next(); }; }`,
  `export function Page() { class A { static n = 0; hi() {} } class B extends A { next() { return ++super.constructor.n; } } return async () => { 'use server'; return new B().next() + A.n; }; }`,
  `export function Page() { class A { static n = 0; } class B extends A { static next() { super.n = this.n + 1; return this.n; } } return async () => { 'use server'; return B.next(); }; }`,
  `export function Page() { const helpers = {up: (s) => s + 1}; helpers.up = (s) => s + 2; return async () => { 'use server'; return helpers.up(1); }; }`,
  `export function Page() { const helpers = {get n() { return ++S.n; }, up: () => 1}; return async () => { 'use server'; return helpers.up(); }; }`,
  `export function Page() { const helpers = {up: () => helpers.up.n}; const {up} = helpers; up.n = 3; return async () => { 'use server'; return helpers.up(); }; }`,
  `export function Page() { const helpers = {up: () => helpers.up.n}; helpers.up.n = 3; return async () => { 'use server'; return helpers.up(); }; }`,
  `export function Page() { const helpers = {n: 0, up() { return ++this.n; }}; return async () => { 'use server'; return helpers.up(); }; }`,
  `export function Page() { class A { static n = 0; static next() { return ++this.n; } } return async () => { 'use server'; return A.next(); }; }`,
  `export function Page() { if (S) { var up = (s) => s + 1; } return async () => { 'use server'; return up(1); }; }`,
  `export function Page() { class A { static v = v; } var v = 2; return async () => { 'use server'; return A.v ?? "none"; }; }`,
  `export function Page() { const out = []; for (const x of [1, 2]) { var up = () => x; out.push(async () => { 'use server'; return up(); }); } return out[0]; }`,
  `export function Page() { const f = () => f.n; function put() { arguments[0].n = 1; } put(f); return async () => { 'use server'; return f(); }; }`,
  `export function Page() { const f = () => f.n; let g; [g] = [f]; g.n = 1; return async () => { 'use server'; return f(); }; }`,
  `export async function Page() { const f = () => f.n; const g = await Promise.resolve(f); g.n = 1; return async () => { 'use server'; return f(); }; }`,
  `export function Page() { const A = class { static n = 0; static inc() { return ++A.n; } }; return async () => { 'use server'; return A.inc(); }; }`,
  `export function Page() { const f = () => f.n; class Reg { add(x) { x.n = 1; } } new Reg().add(f); return async () => { 'use server'; return f(); }; }`,
  `export function Page() { let k = 'run'; class A { [k]() { return 1; } } k = 'go'; return async () => { 'use server'; return typeof new A().run; }; }`,
  `export function Page() { const f = () => f.n; class Reg { constructor(x) { x.n = 1; } } new Reg(f); return async () => { 'use server'; return f(); }; }`,
  `function Base() {} Base.prototype.who = () => 'first'; export function Page() { class A extends Base {} return async () => { 'use server'; return new A().who(); }; }\nBase = class {};`,
  `const ns = {Base: class { who() { return 'first'; } }}; export function Page() { class A extends ns.Base {} return async () => { 'use server'; return new A().who(); }; }\nns.Base = class {};`,
  `let ns = {Base: class { who() { return 'first'; } }}; export function Page() { class A extends ns.Base {} return async () => { 'use server'; return new A().who(); }; }\nns = {};`,
  `export function Page() { const f = () => f.n; function* g() { yield f; } for (const x of g()) x.n = 1; return async () => { 'use server'; return f(); }; }`,
  `export function Page() { class A { static #c; static get c() { return (this.#c ??= ++S.n); } } return async () => { 'use server'; return A.c; }; }`,
  `export function Page() { class A { static made = 0; constructor() { A.made++; } } return async () => { 'use server'; new A(); return A.made; }; }`,
  `export function Page() { const f = () => f.n; [f].map((x) => Object.assign(x, {n: 1})); return async () => { 'use server'; return f(); }; }`,
  `export function Page() { const f = () => f.n; const m = new Map([['a', f]]); m.get('a').n = 1; return async () => { 'use server'; return f(); }; }`,
  `export function Page() { const f = () => f.n; const m = new Map(); m.set('a', f); for (const [, x] of m) x.n = 1; return async () => { 'use server'; return f(); }; }`,
  `const api = {put(x) { x.n = 1; }};
export function Page() { const f = () => f.n; api.put(f); return async () => { 'use server'; return f(); }; }`,
  `export function Page() { const f = () => f.n; const {g = f} = {}; g.n = 1; return async () => { 'use server'; return f(); }; }`,
  `export function Page() { const f = () => f.n; let g; ({g} = {g: f}); g.n = 1; return async () => { 'use server'; return f(); }; }`,
  `export function Page() { const f = () => f.n; const k = 'a'; const o = {[k]: f}; o[k].n = 1; return async () => { 'use server'; return f(); }; }`,
  `export function Page() { const f = () => f.n; const api = {put(x) { x.n = 1; }}; api.put(f); return async () => { 'use server'; return f(); }; }`,
  `export function Page() { const f = () => f.n; [f].reduce((acc, x) => { x.n = 1; return acc; }, null); return async () => { 'use server'; return f(); }; }`,
  `export function Page() { const re = /a/; const o = {re}; o.re.hint = 1; return async () => { 'use server'; return re.hint; }; }`,
  `export function Page() { const re = /a/y; return async () => { 'use server'; return re.test('a'); }; }`,
  `export function Page() { const f = () => f.n; const put = (...fs) => { for (const x of fs) x.n = 1; }; put(f); return async () => { 'use server'; return f(); }; }`,
  `export function Page() { const f = () => f.n; const m = new Set([f]); m.forEach((x) => { x.n = 1; }); return async () => { 'use server'; return f(); }; }`,
  `export function Page() { class A { static at = new Date(0); } return async () => { 'use server'; return A.at.getTime(); }; }`,
  `export function Page() { class A { static c = process.env.X_MODE; } process.env.X_MODE = 'b'; return async () => { 'use server'; return A.c ?? null; }; }`,
  `export function Page() { globalThis.conf = 1; class A { static c = conf; } globalThis.conf = 2; return async () => { 'use server'; return A.c; }; }`,
  `export function Page() { class A { static map = new WeakMap(); } return async () => { 'use server'; return typeof A.map; }; }`,
  `export function Page() { class A { static async save() { 'use server'; return A.save.label ?? 'none'; } } A.save.label = 'x'; return A.save; }`,
  `export function Page() { const api = {save: async () => { 'use server'; return 1; }, fmt: (x) => x}; return async () => { 'use server'; return [await api.save(), api.fmt(2)]; }; }`,
  `export async function Page() { const f = () => f.n; await Promise.resolve(f).then((g) => { g.n = 1; }); return async () => { 'use server'; return f(); }; }`,
  `export function Page() { const f = () => (f as any).n; (f as any).n = 1; return async () => { 'use server'; return f(); }; }`,
  `export function Page() { const f: any = () => f!.n; f!.n = 1; return async () => { 'use server'; return f(); }; }`,
  `const inj = (...a: any[]) => { S.n++; };
export function Page() { class A { constructor(@inj x: any) {} } return async () => { 'use server'; return typeof new (A as any)(); }; }`,
  `export function Page() { class A { private static n = 0; static next() { return ++A.n; } } return async () => { 'use server'; return A.next(); }; }`,
  `export function Page() { const f = () => f.n; [1, 2].reduce((acc, n) => { acc.n = n; return acc; }, f); return async () => { 'use server'; return f(); }; }`,
  `export function Page() { const f = () => f.n; [1].reduceRight((acc) => acc, f).n = 1; return async () => { 'use server'; return f(); }; }`,
  `const put = (o, p) => p.split('.').reduce((at, k, i, l) => (i === l.length - 1 ? (at[k] = 3) : at[k]), o); export function Page() { const f = () => f.n; put(f, 'n'); return async () => { 'use server'; return f(); }; }`,
  `export function Page() { const f = () => f.n; const use = (x) => { x.n = 1; }; setTimeout(use, 0, f); return async () => { 'use server'; return f(); }; }`,
  `export function Page() { const f = () => f.n; const use = (x) => { x.n = 1; }; setImmediate(use, f); return async () => { 'use server'; return f(); }; }`,
  `export function Page() { const f = () => f.n; const use = (a, x) => { x.n = 1; }; use.bind(null, 1, f)(); return async () => { 'use server'; return f(); }; }`,
  `export function Page() { const f = () => f.n; function put(n) { this.n = n; } put.bind(f)(1); return async () => { 'use server'; return f(); }; }`,
  `export function Page() { const f = () => f.n; const tag = (texts, x) => { x.n = texts[0]; }; tag\`a\${f}\`; return async () => { 'use server'; return f(); }; }`,
  `export function Page() { const f = () => f.n; const tag = (texts, ...values) => values.map((x) => { x.n = 1; }); tag\`a\${f}\`; return async () => { 'use server'; return f(); }; }`,
  `export function Page() { const f = () => f.n; class Box { constructor(g) { this.g = g; } mark() { this.g.n = 1; } } new Box(f).mark(); return async () => { 'use server'; return f(); }; }`,
  `export function Page() { const f = () => f.n; class Box { constructor(g) { this.g = g; } } const box = new Box(f); box.g.n = 1; return async () => { 'use server'; return f(); }; }`,
  `class Box { #g; constructor(g) { this.#g = g; } mark() { this.#g.n = 1; } } export function Page() { const f = () => f.n; new Box(f).mark(); return async () => { 'use server'; return f(); }; }`,
  `class Base { mark() { this.g.n = 5; } } class Box extends Base { constructor(g) { super(); this.g = g; } } export function Page() { const f = () => f.n; new Box(f).mark(); return async () => { 'use server'; return f(); }; }`,
  `export function Page() { const f = () => f.n; class Box { g = f; } new Box().g.n = 1; return async () => { 'use server'; return f(); }; }`,
  `export function Page() { const f = () => f.n; class Box { static g = f; } Box.g.n = 1; return async () => { 'use server'; return f(); }; }`,
  `export function Page() { const f = () => f.n; class Box { static { this.g = f; } static mark() { this.g.n = 1; } } Box.mark(); return async () => { 'use server'; return f(); }; }`,
  `export function Page() { const f = () => f.n; function Box(g) { this.g = g; } new Box(f).g.n = 1; return async () => { 'use server'; return f(); }; }`,
  `export function Page() { const f = () => f.n; const o = {put(g) { this.g = g; return this; }, go() { this.g.n = 3; }}; o.put(f); o.go(); return async () => { 'use server'; return f(); }; }`,
  `export function Page() { const f = () => f.n; const o = {get f() { return f; }}; o.f.n = 3; return async () => { 'use server'; return f(); }; }`,
  `export function Page() { const f = () => f.n; const o = {get: () => f}; o.get().n = 3; return async () => { 'use server'; return f(); }; }`,
  `export function Page() { const f = () => f.n; const {get} = {get: () => f}; get().n = 3; return async () => { 'use server'; return f(); }; }`,
  `export function Page() { const f = () => f.n; class Box { get() { return f; } static make() { return f; } } new Box().get().n = 3; return async () => { 'use server'; return f(); }; }`,
  `export function Page() { const f = () => f.n; class Box { static make() { return f; } } Box.make().n = 3; return async () => { 'use server'; return f(); }; }`,
  `const hold = (g) => ({get: () => g}); export function Page() { const f = () => f.n; hold(f).get().n = 1; return async () => { 'use server'; return f(); }; }`,
  `const box = {}; export function Page() { const f = () => f.n; box.f = f; box.f.n = 3; return async () => { 'use server'; return f(); }; }`,
  `export function Page() { class A {} Object.getPrototypeOf(new A()).hi = () => 'hi'; return async () => { 'use server'; return new A().hi?.(); }; }`,
  `export function Page() { class A {} new A().__proto__.hi = () => 'hi'; return async () => { 'use server'; return new A().hi?.(); }; }`,
  `export function Page(c) { let show; if (c) show = (x) => 1; else show = (x) => 2; return async () => { 'use server'; return show(1); }; }`,
  `export function Page() { let show; show = (x) => 1; return async () => { 'use server'; return show(1); }; }`,
  `export function Page(c) { var show; switch (c) { case 1: show = function (x) { return 1; }; break; default: show = (x) => 2; } return async () => { 'use server'; return show(1); }; }`,
  `export function Page(c) { let Row; try { Row = class { n = 1; }; } finally { c = 1; } return async () => { 'use server'; return new Row().n; }; }`,
  `export function Page(c) { let show; { l: if (c) { (show = (x) => 1); } else if (c === 0) { c++, show = (x) => 3; } else show = (x) => 2; } return async () => { 'use server'; return show(1); }; }`,
];

/** A server function reads a member that is put on a server function. */
const MEMBERS = [
  `export function Page() { async function save() { 'use server'; return read(); } function read() { return save.schema ?? 'none'; } save.schema = 's'; return save; }`,
  `export function Page() { return async function load() { 'use server'; return (load.cache ??= {at: ++S.n}).at; }; }`,
  `const describe = (f) => f.schema ?? 'none';
export function Page() { async function save() { 'use server'; return 1; } save.schema = 's'; return async () => { 'use server'; return describe(save); }; }`,
  `export function Page() { async function save() { 'use server'; const {schema = 'none'} = save; return schema; } save.schema = 's'; return save; }`,
  `export function Page() { async function save() { 'use server'; return 'schema' in save; } save.schema = 's'; return save; }`,
  `export function Page() { async function save() { 'use server'; return Object.keys(save).length; } save.schema = 's'; return save; }`,
  `export function Page() { async function save() { 'use server'; return 1; } save.schema = 's'; return async () => { 'use server'; return [await save(), save.schema]; }; }`,
  `const tools = {withSchema(s, f) { f.schema = s; return f; }};
export function Page() { async function save() { 'use server'; return save.schema ?? 'none'; } tools.withSchema('s', save); return save; }`,
  `function withSchema(f) { f.schema = 's'; return f; }
export function Page() { async function save() { 'use server'; return save.schema ?? 'none'; } withSchema(save); return save; }`,
  `function make(id) { return async function load() { 'use server'; return load.label ?? id; }; } const a = make(1); a.label = 'row'; export const Page = () => a;`,
  `function make(id) { async function load() { 'use server'; return load.label ?? 'none'; } return load; } export function Page() { const a = make(1); a.label = 'row'; return a; }`,
  `export function Page() { const a = async () => { 'use server'; return a.label ?? 'none'; }; const b = async () => { 'use server'; return 1; }; [a, b].forEach((fn, i) => { fn.label = 'l' + i; }); return a; }`,
  `export function Page() { const save = async () => { 'use server'; return 1; }; const actions = {save}; save.label = 'x'; return async () => { 'use server'; return [await actions.save(), actions.save.label]; }; }`,
  `export function Page() { const actions = {save: async () => { 'use server'; return 1; }}; actions.save.label = 'x'; return async () => { 'use server'; const {save} = actions; return [await save(), save.label]; }; }`,
  `const tag = (fn, label) => Object.assign(fn, {label}); export function Page() { const a = tag(async () => { 'use server'; return 1; }, 'x'); return async () => { 'use server'; return [await a(), a.label]; }; }`,
];

/** A local function or class has been given away and is looked for. */
const LOOKED_FOR = [
  `let kept;
export function Page() { class Job {} kept = new Job(); return async () => { 'use server'; return kept.constructor === Job; }; }`,
  `const list = [];
export function Page() { const f = () => 1; list.push(f); return async () => { 'use server'; return list.includes(f); }; }`,
  `const list = []; const sub = (f) => { list.push(f); }; const unsub = (f) => list.indexOf(f);
export function Page() { const f = () => 1; sub(f); return async () => { 'use server'; return unsub(f); }; }`,
  `let kept;
export function Page() { const f = () => 1; kept = f; return async () => { 'use server'; return kept === f; }; }`,
  `const seen = new Map();
export function Page() { const f = () => 1; seen.set(f, 'x'); return async () => { 'use server'; return seen.get(f) ?? 'none'; }; }`,
  `const jobs = [];
export function Page() { class Job {} jobs.push(new Job()); return async () => { 'use server'; return jobs[0] instanceof Job; }; }`,
  `const t = new EventTarget();
export function Page() { const f = () => 1; t.addEventListener('x', f); return async () => { 'use server'; t.removeEventListener('x', f); return 1; }; }`,
  `const seen = new WeakMap();
export function Page() { const f = () => 1; seen.set(f, 'x'); return async () => { 'use server'; return seen.has(f); }; }`,
  `import {EventEmitter} from 'node:events'; const bus = new EventEmitter();
export function Page() { const f = () => 1; const handler = f; bus.on('x', handler); return async () => { 'use server'; bus.off('x', handler); return bus.listenerCount('x'); }; }`,
  `const all = [];
export function Page() { const f = () => 1; all.push({run: f}); return async () => { 'use server'; return all.some((x) => x.run === f); }; }`,
  `const jobs = new Set();
export function Page() { class Job { run() {} } const job = new Job(); jobs.add(job); return async () => { 'use server'; return [...jobs].some((j) => j instanceof Job); }; }`,
  `const reg = new Set();
export function Page() { const f = () => 1; reg.add(f); const check = () => reg.has(f); return async () => { 'use server'; return check(); }; }`,
  `const reg = {};
export function Page() { const f = () => 1; reg.f = f; return async () => { 'use server'; return reg.f === f; }; }`,
  `import {EventEmitter} from 'node:events'; const bus = new EventEmitter();
export function Page() { const f = () => 1; bus.once('x', f); return async () => { 'use server'; bus.removeListener('x', f); return bus.listenerCount('x'); }; }`,
  `const reg = new Set();
export function Page() { const h = {run: () => 1}; reg.add(h); return async () => { 'use server'; return reg.has(h); }; }`,
];

/** Nothing is kept that a server function can see. */
const FINE = [
  `export function Page() { const a = (s) => s; const up = a; const w = up; return async () => { 'use server'; return [up(1), w(2), w === a]; }; }`,
  `function a(s) { return s; } class C {}
export function Page() { const up = a; const K = C; return async () => { 'use server'; return [up(1), up === a, new K() instanceof C]; }; }`,
  `export function Page() { async function save() { 'use server'; return 1; } const s = save; return async () => { 'use server'; return [await s(), s === save]; }; }`,
  `export function Page() { const up = (s) => s + 1; const l = [1, 2].map(up).filter(up); l.sort(up); Promise.resolve(1).then(up); setTimeout(up, 0); return async () => { 'use server'; return [1].map(up).length + (await Promise.resolve(1).then(up)); }; }`,
  `import {inspect} from 'node:util'; const use2 = (l, f) => l.map(f);
export function Page() { const up = (s) => s + 1; const o = use2([1], up); return async () => { 'use server'; return [o, use2([1], up)]; }; }`,
  `export function Page() { async function save() { 'use server'; return 1; } save.displayName = 'Save'; return save; }`,
  `export function Page() { const Row = () => <li/>; Row.displayName = 'Row'; Row.propTypes = {}; return async () => { 'use server'; return (<Row/>).props; }; }`,
  `const LIMIT = 9;
export function Page() { enum E { A = 1, B = A << 1, C = A | B, D = 'x'.length, F = LIMIT } return async () => { 'use server'; return [E.B, E.C, E.F, E[1]]; }; }`,
  `export function Page() { class Bad extends Error {} const check = (x) => { if (x) throw new Bad('no'); }; try { check(1); } catch (e) { if (!(e instanceof Bad)) throw e; } return async () => { 'use server'; try { check(1); } catch (e) { return e instanceof Bad; } }; }`,
  `export function Page() { class Bad extends Error { name = 'Bad'; } const check = (x) => { if (x) throw new Bad('no'); }; return async () => { 'use server'; try { check(1); } catch (e) { return e instanceof Bad; } }; }`,
  `import {EventEmitter} from 'node:events'; import * as util from 'node:util'; class Base { who() { return 'base'; } }
export function Page() { class E extends EventEmitter {} class G extends util.TextDecoder {} class M extends Map {} class B extends Base { x = 1; } return async () => { 'use server'; return [new E().listenerCount('x'), new M([[1, 2]]).size, new B().who(), new B().x, typeof new G()]; }; }`,
  `const take = (globalThis.x ?? ((f) => f()));
export function Page() { const f = () => 1; f(); return async () => { 'use server'; return take(f); }; }`,
  `const list = [];
export function Page() { const f = () => 1; list.push(f); return async () => { 'use server'; return f(); }; }`,
  `const useThing = (f) => f;
export function Page() { const up = (s) => s + 1; useThing(up); return async () => { 'use server'; return [3].map(up); }; }`,
  `let n = 1; n = 2; const cfg = {x: 1};
export function Page() { class A { at = n; list = []; id = cfg.x; } return async () => { 'use server'; return [new A().at, new A().list, new A().id]; }; }`,
  `export function Page() { const up = null; const list = [1, 2]; const cfg = {a: 1}; const t = cfg ? 'x' : 'y'; return async () => { 'use server'; return [up, list, cfg, t]; }; }`,
  `export function Page() { class A { static Inner = class { x = 1; }; } return async () => { 'use server'; return new A.Inner().x; }; }`,
  `export function Page() { const v = S.n + 1; class A { static v = v; w = v; } return async () => { 'use server'; return [A.v, new A().w]; }; }`,
  `export function Page() { const a = Object.assign(async () => { 'use server'; return 1; }, {label: 'x'}); return async () => { 'use server'; return a.label; }; }`,
  `export function Page() { const up = (s) => s + 1; const m = up === null; return async () => { 'use server'; return [m, up !== undefined, typeof up]; }; }`,
  `export function Page() { async function a() { 'use server'; return 1; } const list = [a]; const tab = {a}; return async () => { 'use server'; return [await list[0](), await tab.a()]; }; }`,
  `export function Page() { const up = function up2(s) { return s; }; const m = up.bind(null, 3); globalThis.take?.(up); return async () => { 'use server'; return [up.name, up.length, up.call(null, 1), up.apply(null, [2]), up.bind(null, 3)()]; }; }`,
  `import * as ns from 'node:util'; const LIMIT = 4;
export function Page() { class L { static max = Math.PI; static re = /a/i; static none = undefined; static size = LIMIT * 2; static kind = ns; } return async () => { 'use server'; return [L.max, L.re.test('A'), L.none, L.size, typeof L.kind.inspect]; }; }`,
  `export function Page() { enum E { A = 1, B } class K { static kind = E.B; } return async () => { 'use server'; return K.kind; }; }`,
  `export function Page() { class A { static of() { return new this(); } static x = () => 1; n = 1; static get y() { return this.x() + 1; } } return async () => { 'use server'; return [A.of().n, A.x(), A.y]; }; }`,
  `export function Page() { class L { *[Symbol.iterator]() { yield 1; yield 2; } get [Symbol.toStringTag]() { return 'L'; } static [Symbol.hasInstance](x) { return x === 1; } } return async () => { 'use server'; return [...new L(), String(new L()), 1 instanceof L]; }; }`,
  `export function Page() { const helpers = {format: (x) => x, rows: [S.n, 2]}; return async () => { 'use server'; return helpers.rows; }; }`,
  `export function Page() { const up = (s) => s + 1; function down(s) { return s - max; } const max = 4; const helpers = {up, down, max}; return async () => { 'use server'; return [helpers.up(1), helpers.down(1), helpers.max, helpers.up === up]; }; }`,
  `export function Page() { const helpers = {up: (s) => s + 1, down(s) { return s - 1; }, limit: 3, deep: {twice: (n) => n * 2}}; return async () => { 'use server'; return [helpers.up(1), helpers.down(1), helpers.limit, helpers.deep.twice(4), Object.keys(helpers)]; }; }`,
  `export function Page() { var up = (s) => s + 1; var F = function () { return 2; }; return async () => { 'use server'; return [up(1), F()]; }; }`,
  `export function Page() { class A { accessor x = 1; static y = 2; } return async () => { 'use server'; return [new A().x, A.y]; }; }`,
  `export function Page() { const api = {get: async (x) => x + 1, all: async function () { return 2; }, *gen() { yield 3; }}; return async () => { 'use server'; return [await api.get(1), await api.all(), [...api.gen()]]; }; }`,
  `export function Page() { const k = 'run'; class A { [k]() { return 1; } static [\`\${k}All\`]() { return 2; } } return async () => { 'use server'; return [new A().run(), A.runAll()]; }; }`,
  `export function Page() { const up = S.n ? (s) => s : null; return async () => { 'use server'; return up === null; }; }`,
  `class Base { who() { return 'b'; } } export function Page() { class A extends Base {} class B extends A {} return async () => { 'use server'; return new B().who(); }; }`,
  `export function Page() { const Row = () => null; const el = <Row a={1}/>; return async () => { 'use server'; return [Row(), el.props.a]; }; }`,
  `export function Page() { const re = new RegExp('a'); return async () => { 'use server'; return re.test('a'); }; }`,
  `export function Page() { const opt = {a: 1}; const v = opt || (() => 1); return async () => { 'use server'; return v.a; }; }`,
  `export function Page() { const re = /a(b)?/iu; return async () => { 'use server'; return [re.test('ab'), 'xab'.replace(re, '-'), re.source, re.flags, re.lastIndex]; }; }`,
  `export function Page() { class A { static c = -1; static d = !0; static e = void 0; static f = typeof 'x'; } return async () => { 'use server'; return [A.c, A.d, A.e, A.f]; }; }`,
  `export function Page() { const p = 'x'; class A { static c = \`\${p}-\${1 + 1}\`; } return async () => { 'use server'; return A.c; }; }`,
  `export function Page() { const t = {hi: (n) => 'hi ' + n}; const a = t.hi('x'); const {hi} = t; const b = hi('y'); return async () => { 'use server'; return [t.hi('z'), a, b]; }; }`,
  `export function Page() { class A { static { this.size = 10; } static { this.k = 'a'; } } return async () => { 'use server'; return [A.size, A.k]; }; }`,
  `export function Page() { const f = (v) => v + 1; class Box { constructor(g) { this.g = g; this.all = []; } run(v) { this.all.push(v); return this.g(v); } } const n = new Box(f).run(1); const o = {get f() { return f; }, make: () => f}; o.make().length; return async () => { 'use server'; return [new Box(f).run(2), n]; }; }`,
  `export function Page() { const up = (x) => x + 1; const join = (...fs) => (x) => fs.reduce((v, f) => f(v), x); [1].reduce((a, b) => a + b, up(1)); setTimeout(up, 0, 1); up.bind(null, 2)(); return async () => { 'use server'; return [join(up, up)(1), [up].reduce((v, f) => f(v), 1), up.bind(null, 1)()]; }; }`,
  `const css = (texts, ...values) => texts.join() + values.map((v) => (typeof v === 'function' ? v() : v)); export function Page() { const f = () => 'red'; const s = css\`a\${f}b\${f()}\`; return async () => { 'use server'; return [s, css\`c\${f}\`, f()]; }; }`,
  `export async function Page(c) { let resolve; const done = new Promise((r) => { resolve = r; }); let save; save = async () => { 'use server'; return c; }; let either; either = c ? 1 : () => 2; resolve(1); return async () => { 'use server'; return [await save(), either]; }; }`,
  `export async function other() { 'use server'; return 2; } export function Page(c) { let act; if (c) act = async () => { 'use server'; return c; }; else act = other; return async () => { 'use server'; return act(); }; }`,
  `export function Page(c) { const all = []; for (let f of c) { all.push(async () => { 'use server'; return f; }); f = () => 1; } return all; }`,
  `export function Page(c) { let log; if (c > 1) log = (x) => x; let show; switch (c) { case 5: show = () => 1; } return async () => { 'use server'; return [log?.(1), show?.(1)]; }; }`,
];

/** Pages as people write them. */
const ORDINARY = [
  `import {after} from 'next/server';
export function Page({id}) {
  const log = async () => db.log(id);
  after(log);
  async function start() { 'use server'; after(log); return 1; }
  return <F start={start} />;
}`,
  `import {cache} from 'react';
export function Page({id}) {
  const load = () => db.load(id);
  const cached = cache(load);
  const data = use(cached());
  async function refresh() { 'use server'; return load(); }
  return <F data={data} refresh={refresh} />;
}`,
  `export function Page({children, render = (x) => x}) {
  const Layout = ({children}) => <main>{children}</main>;
  const Memo = memo(Layout);
  async function more() { 'use server'; return <Layout><b/></Layout>; }
  return <Layout><Memo>{children}</Memo>{render(more)}</Layout>;
}`,
  `export function Page() {
  const Row = ({n}: {n: number}) => <li>{n}</li>;
  Row.displayName = 'Row';
  async function more() { 'use server'; return <Row n={1} />; }
  return <List more={more} row={Row} />;
}`,
  `export function Page({id}) {
  class NotFound extends Error { constructor(id) { super(\`no \${id}\`); this.name = 'NotFound'; } }
  const find = async (x) => { const r = await db.find(x); if (!r) throw new NotFound(x); return r; };
  const note = await_(find(id));
  async function save(data) {
    'use server';
    try { await find(id); } catch (error) { if (error instanceof NotFound) return {error: error.message}; throw error; }
  }
  return <F save={save} />;
}`,
  `export function Page({id}) {
  const onAbort = () => db.cancel(id);
  async function start(signal) { 'use server'; const c = new AbortController(); c.signal.addEventListener('abort', onAbort); await db.run(c.signal); c.signal.removeEventListener('abort', onAbort); return 1; }
  return <F start={start} />;
}`,
  `import {db} from './db';
import {z} from 'zod';
import {revalidatePath} from 'next/cache';
import {cache, useCallback} from 'react';
const schema = z.object({title: z.string()});
export default async function Page({params, searchParams}: Props) {
  const {id} = await params;
  const note = await db.note.find(id);
  const formatter = new Intl.DateTimeFormat('en');
  const format = (d: Date) => formatter.format(d);
  const rows = note.rows.map((r) => ({...r, at: format(r.at)}));
  rows.sort((a, b) => a.n - b.n);
  async function save(formData: FormData) {
    'use server';
    const parsed = schema.safeParse(Object.fromEntries(formData));
    if (!parsed.success) return {error: parsed.error.flatten()};
    await db.note.update(id, parsed.data);
    revalidatePath(\`/notes/\${id}\`);
  }
  return <form action={save}>{rows.map((r) => <Row key={r.id} {...r} onDelete={async () => { 'use server'; await db.rows.delete(r.id); }} />)}</form>;
}`,
  `export function Page({id}) {
  async function save(a, b) { 'use server'; return save.name; }
  async function del() { 'use server'; return 1; }
  const bound = save.bind(null, id);
  const actions = [save, del];
  const map = new Map([['a', save]]);
  registry.add(save);
  return <F a={bound} b={actions} c={map} d={() => save} e={save === del} />;
}`,
  `import {mapRows, groupBy, pipe} from './util';
export function Page({rows}) {
  const key = (r) => r.kind;
  const groups = groupBy(rows, key);
  const total = pipe(rows, key);
  async function load() { 'use server'; return groupBy(await db.rows(), key); }
  return <F groups={groups} load={load} />;
}`,
  `import {withAuth} from './auth';
export function Page({user}) {
  const save = withAuth(async (x) => { 'use server'; return user.id + x; });
  const twice = async (x) => { 'use server'; return [await save(x), await save(x)]; };
  return <A save={save} twice={twice} />;
}`,
  `export function Page({id}) {
  let title = 'x';
  if (id) title = 'y';
  let render;
  if (id) render = <b/>;
  const opts = id ? {a: 1} : {a: 2};
  const [first, ...rest] = [1, 2, 3];
  const {a = 1, ...others} = opts;
  async function save() { 'use server'; return [title, render, opts, first, rest, a, others]; }
  return <F save={save} />;
}`,
  `import _ from 'lodash';
export function Page({rows}) {
  const key = (r) => r.kind;
  const groups = _.groupBy(rows, key);
  async function load() { 'use server'; return _.groupBy(await db.rows(), key); }
  return <F groups={groups} load={load} />;
}`,
  `export function Page({id}) {
  const log = (...a) => console.log('[page]', id, ...a);
  log('render');
  setTimeout(log, 10);
  process.nextTick(log, 1);
  async function save(data) { 'use server'; log('save'); await track(data, log); }
  return <F save={save} />;
}`,
  `export function Page({id}) {
  const retry = async (fn, n = 3) => { try { return await fn(); } catch (e) { if (n === 0) throw e; return retry(fn, n - 1); } };
  const load = () => fetch('/x/' + id);
  const p = retry(load).then((r) => r.json());
  async function reload() { 'use server'; return retry(load); }
  return <F p={p} reload={reload} />;
}`,
  `import pLimit from 'p-limit';
import {queue} from './queue';
export function Page({id}) {
  const work = async () => db.work(id);
  async function start() { 'use server'; await queue.add(work); return 1; }
  return <F start={start} />;
}`,
  `export function Page({items}) {
  const byName = (a, b) => a.name.localeCompare(b.name);
  const isOpen = (x) => x.open;
  const sorted = items.filter(isOpen).sort(byName);
  const list = Array.from(items, isOpen);
  async function load() { 'use server'; const all = await db.all(); return all.filter(isOpen).toSorted(byName); }
  return <L items={sorted} load={load} />;
}`,
  `export function Page({id}) {
  const insert = (tx) => tx.insert(id);
  db.transaction(insert);
  async function start() { 'use server'; await db.transaction(insert); return 1; }
  return <F start={start} />;
}`,
  `export const router = {
  list: async () => { 'use server'; return db.list(); },
  add: async (x) => { 'use server'; return db.add(x); },
};
export function make({db}) {
  const actions = {
    list: async () => { 'use server'; return 1; },
    add: async (x) => { 'use server'; return [await actions.list(), x]; },
  };
  return actions;
}`,
  `export function Page<T extends {id: string}>({items}: {items: T[]}) {
  const byId = new Map(items.map((i) => [i.id, i] as const));
  function pick<K extends keyof T>(i: T, k: K): T[K] { return i[k]; }
  abstract class Repo<X> { abstract find(id: string): X; has(id: string) { return Boolean(this.find(id)); } }
  class Items extends Repo<T> { static readonly table = 'items' as const; private readonly rows = items; find(id: string) { return this.rows.find((r) => r.id === id)!; } }
  async function get(id: string) { 'use server'; const r = new Items(); return r.has(id) ? pick(r.find(id), 'id') : Items.table; }
  return <F get={get} />;
}`,
  `export function Page({min}) {
  const validators = {title: (v) => v.length > min, body: (v) => v !== ''};
  const check = (data) => Object.entries(validators).filter(([k, f]) => !f(data[k])).map(([k]) => k);
  async function save(data) { 'use server'; const bad = check(data); if (bad.length) return {bad}; await db.save(data); }
  return <F save={save} fields={Object.keys(validators)} />;
}`,
  `export function Page() {
  const toSlug = (s: string) => s.toLowerCase().replace(/[^a-z]+/g, '-');
  const re = /^[a-z]+$/;
  const schema = z.string().transform(toSlug);
  async function save(t: string) { 'use server'; return re.test(t) ? toSlug(t) : null; }
  return <F save={save} slug={schema.parse('A')} />;
}`,
];

/** What is reported of a module, the same only once. */
function reported(source: string): string[] {
  const {diagnostics} = compile(source);
  return [...new Set(diagnostics.map(({severity, code}) => `${severity} ${code}`))];
}

test.each(KEPT)('refuses local code that would not be the same: %s', (source) => {
  expect(reported(source)).toEqual(['error unserializable-capture']);
});

test.each(MEMBERS)('refuses to read a member that would not be there: %s', (source) => {
  expect(reported(source)).toEqual(['error server-function-member']);
});

test.each(LOOKED_FOR)('warns of an identity that is lost: %s', (source) => {
  expect(reported(source)).toEqual(['warning identity-lost']);
});

test.each([...FINE, ...ORDINARY])('has nothing to say of %s', (source) => {
  expect(reported(source)).toEqual([]);
});

test('warns of a member that a server function puts on itself and nothing there reads', () => {
  const source = `export function Page() { async function save() { 'use server'; save.last = 1; } return save; }`;
  const [diagnostic, ...others] = compile(source).diagnostics;
  expect(others).toEqual([]);
  expect([diagnostic!.severity, diagnostic!.code]).toEqual(['warning', 'lost-write']);
  expect(diagnostic!.message).toMatch(/the member "last"/);
});

test('says once what several server functions and uses find', () => {
  const source = `function Page() {
    const format = () => format.unit;
    format.unit = 'kg';
    const a = async () => { 'use server'; return format(); };
    const [pick] = [(list) => list[0]];
    return [a, async (x) => { 'use server'; return [format(), pick(x), pick(pick)]; }];
  }`;
  expect(compile(source).diagnostics.map(({loc}) => loc.start.line)).toEqual([3, 6]);
});
