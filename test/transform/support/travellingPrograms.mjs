/**
 * What travels and what does not, by the first cell of each row of the table in docs/language.md.
 *
 * - `arrives`: expressions whose value an inline server function has captured and gives back; or programs.
 * - `refused`: the same, with a part of the message.
 *   The compiler refuses those of `atBuild`, and those of `whenSent` are refused when the reference is sent.
 * - `warned`: programs that are compiled with a warning of this code.
 *
 * A program is `{top, before, use}`: statements of the module, statements of the component around the server
 * function, and what the server function gives back.
 *
 * @typedef {string | {top?: string, before?: string, use: string}} Program
 * @typedef {[program: Program, message: RegExp]} Refused
 * @type {Record<string, {arrives?: Program[], atBuild?: Refused[], whenSent?: Refused[], warned?: [Program, string][]}>}
 */
export const travelling = {
  'strings, numbers, bigints, booleans, `null`, `undefined`': {
    arrives: [
      `'\\u2028 é \\ud800'`,
      '-0',
      'NaN',
      '-Infinity',
      '10n ** 30n',
      'true',
      'null',
      'undefined',
    ],
  },
  symbols: {
    arrives: [`Symbol.for('note')`, 'Symbol.iterator'],
    whenSent: [[`Symbol('own')`, /`value`, which is a symbol that exists only here/]],
  },
  'objects without a class': {
    arrives: [
      '({a: 1, b: undefined, [Symbol.for("c")]: {}})',
      'Object.assign(Object.create(null), {a: 1})',
      'Object.freeze({a: Object.seal({b: 1})})',
      'JSON.parse(`{"__proto__": 1}`)',
      '(() => { const o = {list: []}; o.list.push(o, o.list); return o; })()',
      'Object.defineProperty({}, "hidden", {value: 1})',
    ],
    whenSent: [
      [
        'Object.defineProperty({}, "x", {get: () => 1, enumerable: true})',
        /`value\.x`, which is .*getter/,
      ],
      ['Object.create({inherited: 1})', /a prototype of its own/],
    ],
  },
  'instances of your own classes': {
    whenSent: [
      [
        {top: 'class Note { id = 7 }', before: 'const value = new Note();', use: 'value'},
        /an instance of the class Note.*Capture `value\.id`/,
      ],
      [
        {top: 'class List extends Array {}', before: 'const value = List.of(1);', use: 'value'},
        /the class List/,
      ],
      [
        {
          top: 'class AppError extends Error {}',
          before: 'const value = new AppError("x");',
          use: 'value',
        },
        /the class AppError/,
      ],
    ],
  },
  arrays: {
    arrives: ['[1, , [2], undefined]', '/(?<year>\\d+)/.exec("in 2024")', 'Object.freeze([1])'],
  },
  '`Map`, `Set`': {
    arrives: ['new Map([[{a: 1}, new Set([1, NaN])]])', 'new Map([[archive, "Archive"]])'],
    whenSent: [
      ['new WeakMap()', /WeakMap/],
      ['new WeakSet()', /WeakSet/],
      ['new WeakRef({})', /WeakRef/],
    ],
  },
  '`Date`, `RegExp`, boxed values such as `new Number(1)`': {
    arrives: [
      'new Date(0)',
      'new Date(NaN)',
      'new RegExp("a", "dgu")',
      'Object.assign(new RegExp("a", "g"), {lastIndex: 3})',
      'Object(1n)',
      'new String("ab")',
    ],
  },
  '`Error`, the other built-in errors, `DOMException`': {
    arrives: [
      'new Error("a", {cause: new RangeError("b")})',
      'Object.assign(new TypeError("a"), {code: "E_A"})',
      'new AggregateError([new Error("a"), 1])',
      'new DOMException("a", "AbortError")',
    ],
  },
  'typed arrays, `DataView`, `ArrayBuffer`, `Buffer`': {
    arrives: [
      'new Float64Array([1.5, -0])',
      'Buffer.from("text")',
      '(() => { const a = new Uint8Array(9); return {a, view: new DataView(a.buffer, 1, 2)}; })()',
    ],
    whenSent: [
      ['new SharedArrayBuffer(1)', /SharedArrayBuffer/],
      [
        '(() => { const b = new ArrayBuffer(4); structuredClone(b, {transfer: [b]}); return b; })()',
        /transferred/,
      ],
    ],
  },
  '`URL`, `URLSearchParams`, `Headers`, `FormData`, `Blob`, `File`': {
    arrives: [
      'new URL("https://example.org/a?b=c")',
      'new URLSearchParams("a=1&a=2")',
      'new Headers({a: "1"})',
      '(() => { const f = new FormData(); f.append("a", new File(["x"], "x.txt", {type: "text/plain"})); return f; })()',
      'new Blob(["x"])',
    ],
    whenSent: [['Object.assign(new URL("https://example.org"), {x: 1})', /members of its own/]],
  },
  'other objects of the platform: `Request`, `AbortSignal`, `Intl`': {
    whenSent: [
      ['new Request("https://example.org")', /Request/],
      ['new AbortController().signal', /AbortSignal/],
      ['new Intl.NumberFormat("en")', /NumberFormat/],
      ['globalThis.process', /`value`|`value\./],
    ],
  },
  promises: {
    arrives: ['Promise.resolve({a: 1})'],
    whenSent: [
      ['Object.assign(Promise.resolve(1), {x: 1})', /`value`, which is .*a member of its own/],
      [
        {
          top: 'class Task extends Promise {}',
          before: 'const value = Task.resolve(1);',
          use: 'value',
        },
        /the class Task/,
      ],
    ],
  },
  'iterators, generators, streams': {
    whenSent: [
      ['[1][Symbol.iterator]()', /Array Iterator/],
      ['(function* () {})()', /Generator/],
      ['new ReadableStream()', /ReadableStream/],
    ],
  },
  'a `Proxy`': {
    arrives: [
      {
        before: 'const value = new Proxy({}, {get: (_, key) => `the ${String(key)}`});',
        use: '[value.name, value.title]',
      },
    ],
    whenSent: [['new Proxy({}, {})', /a Proxy/]],
  },
  'server functions': {
    arrives: [
      'archive',
      {before: 'const value = archive.bind(null, {id: 7});', use: 'await value("x")'},
      {
        before: 'const note = {id: 7}; const value = [note, archive.bind(null, note)];',
        use: '[await value[1]("x"), value[0]]',
      },
    ],
    whenSent: [
      [
        'Object.assign(archive.bind(null, 1), {schema: 1})',
        /`value`, which is .*a member of its own/,
      ],
      [
        {
          before:
            'const id = 7; const all = [async () => { "use server"; return id; }]; all[0].schema = 1;',
          use: 'all',
        },
        /`all\[0\]`, which is .*a member of its own/,
      ],
    ],
  },
  'client components': {arrives: ['Button', '[Button, Button]']},
  elements: {
    arrives: [
      'createElement("p", {key: "k", title: "t"}, 1, createElement(Fragment, null, "x"))',
      'createElement(Button, {note: {id: 7}})',
      {
        before: 'const value = createElement(Suspense, {fallback: null}, "x");',
        use: '[value.type === Suspense, value.props.children]',
      },
    ],
  },
  'elements of Server Components': {
    arrives: [
      {
        top: 'function Row({id}) { return createElement("li", null, id); }',
        before: 'const value = createElement(Row, {id: 7});',
        use: 'await render(value)',
      },
    ],
    whenSent: [
      [
        {
          top: 'function Row() { throw new Error("no rows"); }',
          before: 'const value = createElement(Row);',
          use: 'value',
        },
        /an element of a Server Component.*no rows/,
      ],
    ],
  },
  'local functions': {
    arrives: [
      {
        before: 'const unit = "kg"; function format(n) { return `${n} ${unit}`; }',
        use: 'format(3)',
      },
      {
        before:
          'const even = (n) => n === 0 || odd(n - 1); const odd = (n) => n !== 0 && even(n - 1);',
        use: 'even(10)',
      },
      {before: 'let format = (n) => n + 1;', use: 'format(1)'},
      {before: 'var format = (n) => n + 1;', use: 'format(1)'},
      {
        before: 'const format = (n) => n + 1; const show = format;',
        use: '[show(1), show === format]',
      },
    ],
    atBuild: [
      [{before: 'const format = () => format.n; format.n = 3;', use: 'format()'}, /"format"/],
      [
        {before: 'const format = () => format.n; Object.assign(format, {n: 3});', use: 'format()'},
        /"format"/,
      ],
      [
        {before: 'let format = () => 1; if (globalThis.x) format = () => 2;', use: 'format()'},
        /"format"/,
      ],
      [{before: 'const format = globalThis.x ? () => 1 : () => 2;', use: 'format()'}, /"format"/],
      [{before: 'let format; format = () => 1;', use: 'format()'}, /"format"/],
    ],
    whenSent: [
      [
        {before: 'let format; if (globalThis) format = () => 1;', use: 'format()'},
        /`format`, which is a function/,
      ],
    ],
    warned: [
      [
        {
          before: 'const format = () => 1; globalThis.bus?.on(format);',
          use: 'globalThis.bus?.off(format)',
        },
        'identity-lost',
      ],
    ],
  },
  'functions that other values hold': {
    atBuild: [
      [{before: 'const list = [(n) => n];', use: 'list[0](1)'}, /"list"/],
      [{before: 'const {format} = {format: (n) => n};', use: 'format(1)'}, /"format"/],
      [
        {before: 'const a = (n) => n; const format = a.bind(null, 1);', use: 'format()'},
        /"format"/,
      ],
      [{before: 'const format = useCallback((n) => n, []);', use: 'format(1)'}, /"format"/],
    ],
    whenSent: [
      [
        {before: 'const note = {}; note.run = JSON.parse;', use: 'note'},
        /`note\.run`, which is a function/,
      ],
    ],
  },
  'local classes': {
    arrives: [
      {
        before:
          'class Money { static zero = 0; constructor(n) { this.n = n; } twice() { return this.n * 2; } } class Euro extends Money {}',
        use: '[new Euro(2).twice(), new Euro(2) instanceof Money, Money.zero]',
      },
    ],
    atBuild: [
      [
        {
          before: 'class Money { static made = 0; static make() { return ++this.made; } }',
          use: 'Money.make()',
        },
        /"Money"/,
      ],
      [
        {
          before:
            'const Base = globalThis.x ? Map : Set; class Money extends (globalThis.x ? Map : Set) {}',
          use: 'new Money().size',
        },
        /"Money"/,
      ],
      [{before: 'class Money { static at = Date.now(); }', use: 'Money.at'}, /"Money"/],
    ],
  },
  'local enums': {
    arrives: [
      {before: 'enum Size {Small, Large = 5}', use: '[Size.Large, Size[0]]'},
      {before: 'enum Size {Small = Date.now()}', use: 'Size.Small'},
      {
        before: 'enum Size {Small} Object.assign(Size, {Medium: 3});',
        use: '[Size.Medium, Size.Small]',
      },
    ],
  },
  'patterns: `const digits = /\\d+/`': {
    arrives: [{before: 'const digits = /\\d+/;', use: '[digits.test("12"), digits]'}],
    atBuild: [[{before: 'const digits = /\\d/g;', use: 'digits.test("12")'}, /"digits"/]],
  },
  'constant objects of functions': {
    arrives: [
      {
        before: 'const tools = {double: (n) => n * 2, unit: "kg", deep: {half: (n) => n / 2}};',
        use: '[tools.double(2), tools.unit, tools.deep.half(4)]',
      },
    ],
    atBuild: [
      [
        {
          before: 'const tools = {double: (n) => n * 2}; tools.double = (n) => n * 3;',
          use: 'tools.double(2)',
        },
        /"tools"/,
      ],
      [
        {before: 'const tools = {...globalThis.x, double: (n) => n * 2};', use: 'tools.double(2)'},
        /"tools"/,
      ],
    ],
  },
  'other inline server functions': {
    arrives: [
      {
        before: 'const id = 7; async function remove(x) { "use server"; return [id, x]; }',
        use: 'await remove(1)',
      },
    ],
    atBuild: [
      [
        {
          before: 'async function remove() { "use server"; } remove.schema = 1;',
          use: 'remove.schema',
        },
        /"remove"|schema/,
      ],
    ],
  },
  'variables of code that runs once': {
    arrives: [
      {
        top: 'let increase, read; { let count = 0; increase = async () => { "use server"; count++; }; read = () => count; }',
        use: 'await increase() ?? read() > 0',
      },
      {
        top: 'const next = (() => { let count = 0; return () => { const step = 0; return async () => { "use server"; count += step; return count; }; }; })();',
        use: 'await next()()',
      },
    ],
  },
  'names of the module': {
    arrives: [
      {
        top: 'const cache = new WeakMap(); let calls = 0; class Note {} function format(n) { calls++; return n + 1; }',
        use: '[cache, Note, format, format(1)]',
      },
    ],
  },
  '`this`, `super`, `new.target`, `arguments` of the code around it': {
    atBuild: [
      [{use: 'this'}, /this/],
      [{use: '(() => arguments)()'}, /arguments/],
      [{use: 'new.target'}, /new\.target/],
      [
        {
          top: 'class Base { static find() {} } class Notes extends Base { static async load() { "use server"; return super.find(); } }',
          use: '1',
        },
        /super/,
      ],
    ],
  },
  'writes to captured variables and values': {
    arrives: [{before: 'const list = [1];', use: '[list.push(2), list]'}],
    atBuild: [[{before: 'const count = 1;', use: 'count = 2'}, /"count"/]],
    warned: [
      [{before: 'let count = 1;', use: 'count++'}, 'lost-write'],
      [{before: 'const list = [1];', use: 'list.push(2)'}, 'lost-write'],
      [
        {before: 'const rows = [{a: 1}];', use: 'rows.forEach((row) => { row.a = 2; })'},
        'lost-write',
      ],
    ],
  },
};
