/**
 * Writes a random program out of scopes, bindings, closures, loops and server functions.
 *
 * Every decision takes the next byte, and 0 when there are no more: it is always the simplest way to
 * go on, so fewer and smaller bytes give a smaller program, and fast-check can shrink it.
 *
 * The program uses names that its surroundings give it: `use(fn)` notes a server function to be called
 * later, `trace(value)` writes to the log, `tick()` ends what would run forever, `num(value)` is a number,
 * `is(value)` tells plain objects, and `caught(error)` makes data of an error.
 *
 * @param {Uint8Array} bytes
 * @returns {{source: string, isSloppy: boolean, isForOneProcess: boolean}} a module that exports `Page`, a
 *   script when it is sloppy, and whether its functions do what means something else over the wire: change
 *   members of objects, of which they get copies, or ask functions for their names
 */
export function randomProgram(bytes) {
  const writer = new Writer(bytes);
  const source = writer.program();
  return {source, isSloppy: writer.isSloppy, isForOneProcess: writer.isForOneProcess};
}

const NAMES = ['a', 'b', 'c', 'd', 'e'];
const KEYS = ['x', 'y', 'z'];
const LITERALS = [
  '1',
  `'s'`,
  '{x: 1}',
  'null',
  'void 0',
  '[1, 2]',
  '{x: {y: 2}}',
  '{x: null}',
  '0',
  'true',
  `new Map([['x', 3]])`,
  '{x: [{y: 4}], y: 5, z: undefined}',
  '7n',
  'NaN',
  '{length: 2, name: null}',
];

/** Kinds of values that a name can have. Only a `value` can always travel. */
const VALUE = 'value';
const FUNCTION = 'function';
const ASYNC_FUNCTION = 'async function';
const SERVER_FUNCTION = 'server function';
const CLASS = 'class';

class Writer {
  isSloppy = false;
  isForOneProcess = false;
  #bytes;
  #position = 0;
  #fresh = 0;
  /** Labels around what is written now. */
  #labels = new Set();

  constructor(bytes) {
    this.#bytes = bytes;
  }

  /** A number below `n`; 0 is the simplest. */
  #next(n) {
    return (this.#bytes[this.#position++] ?? 0) % n;
  }

  #pick(list) {
    return list[this.#next(list.length)];
  }

  /** Most often not. */
  #sometimes(oneIn = 3) {
    return this.#next(oneIn) === oneIn - 1;
  }

  program() {
    this.isSloppy = this.#sometimes(4);
    const module = new Scope(null, {isAsync: false, isModule: true});
    const head = this.#times(2, () => this.#moduleStatement(module));
    const page = this.#function(module, {kind: FUNCTION, isPage: true});
    const tail = this.#times(1, () => this.#moduleStatement(module));
    const exported = this.isSloppy
      ? [`function Page${page}`, 'exports.Page = Page;']
      : [`export function Page${page}`];
    return [...head, ...exported, ...tail].join('\n');
  }

  #moduleStatement(scope) {
    return this.#statements(scope, 1).join('\n');
  }

  #times(most, write) {
    return Array.from({length: this.#next(most + 1)}, write);
  }

  // --- statements ---

  /** First the names of all, so that what stands before can use what stands after. */
  #statements(scope, count) {
    const plans = Array.from({length: count}, () => this.#planStatement(scope));
    return plans.map((write) => write());
  }

  #planStatement(scope) {
    const kinds = [
      'trace',
      'server',
      'variable',
      'server',
      'helper',
      'variable',
      'block',
      'loop',
      'server',
      'try',
      'if',
      'helper',
      'class',
      'assign',
      'variable',
      'switch',
      'member write',
      'destructure',
      'label',
      'server member',
      'bind',
      'return',
      'enum-like',
      'called in place',
      'shared',
      'method write',
      'branch function',
    ];
    const kind = scope.depth > 5 ? 'trace' : this.#pick(kinds);
    switch (kind) {
      case 'variable':
        return this.#planVariable(scope);
      case 'destructure':
        return this.#planDestructuring(scope);
      case 'server':
        return this.#planServerFunction(scope);
      case 'server member':
        return this.#planServerMember(scope);
      case 'helper':
        return this.#planHelper(scope);
      case 'class':
        return this.#planClass(scope);
      case 'bind':
        return () => {
          const fn = this.#reference(scope, [SERVER_FUNCTION]);
          return fn ? `use(${fn}.bind(null, ${this.#expression(scope)}));` : ';';
        };
      case 'trace':
        return () => `trace(${this.#expression(scope)});`;
      case 'block':
        return () => this.#block(scope);
      case 'label':
        return () => {
          const label = this.freshName((name) => !this.#labels.has(name));
          this.#labels.add(label);
          const text = `${label}: {\n${this.#inner(scope).join('\n')}\nif (${this.#expression(scope)}) break ${label};\n}`;
          this.#labels.delete(label);
          return text;
        };
      case 'if':
        return () =>
          `if (${this.#expression(scope)}) ${this.#block(scope)}${this.#sometimes() ? ` else ${this.#block(scope)}` : ''}`;
      case 'loop':
        return this.#planLoop(scope);
      case 'try':
        return () => this.#tryStatement(scope);
      case 'switch':
        return () => this.#switchStatement(scope);
      case 'assign':
        return () => {
          const assignment = this.#assignment(scope, 3);
          if (!assignment) return ';';
          const {name, value} = assignment;
          return this.#sometimes() ? `({x: ${name}} = {x: ${value}});` : `${name} = ${value};`;
        };
      case 'member write':
        return () => {
          const object = this.#reference(scope, [VALUE]);
          if (!object) return ';';
          if (!scope.fn.isPage && !scope.fn.isModule) this.isForOneProcess = true;
          return `if (is(${object})) ${object}.${this.#pick(KEYS)} = ${this.#expression(scope)};`;
        };
      case 'method write':
        return () => this.#methodWrite(scope);
      case 'called in place':
        return () => this.#calledInPlace(scope);
      case 'shared':
        return this.#planShared(scope);
      case 'branch function':
        return () => this.#branchFunction(scope);
      case 'return':
        return () =>
          scope.fn.isModule
            ? ';'
            : `if (${this.#expression(scope)}) return ${this.#result(scope)};`;
      case 'enum-like':
        return this.#planSelfReference(scope);
    }
  }

  /** A change in a captured value, of which the compiler warns when it would be lost. */
  #methodWrite(scope) {
    const object = this.#reference(scope, [VALUE], (binding) => binding);
    if (!object) return ';';
    // What a parameter holds may be a captured value that was handed on, which nothing shows.
    if (!object.scope.fn.isPage && !object.scope.fn.isModule) this.isForOneProcess = true;
    const {name} = object;
    const value = this.#expression(scope, 2);
    return this.#pick([
      `if (Array.isArray(${name})) ${name}.push(${value});`,
      `if (${name} instanceof Map) ${name}.set('y', ${value});`,
      `for (const part of [${name}?.x]) if (is(part)) part.y = ${value};`,
      `if (is(${name})) { const {x: part} = ${name}; if (Array.isArray(part)) part.reverse(); }`,
      `if (is(${name})) Object.assign(${name}, {z: ${value}});`,
    ]);
  }

  /** Code with variables of its own, of which there is one when it stands at the module level. */
  #calledInPlace(scope) {
    if (scope.fn.isAsync) return ';';
    const isInClass = this.#sometimes(4);
    const around = isInClass ? new Scope(scope, {...scope.fn, isStrict: true}) : scope;
    const inner = new Scope(around);
    inner.isBody = true;
    const parameter = this.#sometimes(2) ? inner.declareParameter(this).name : '';
    const value = parameter && this.#expression(around, 2);
    const body = `{\n${this.#statements(inner, 1 + this.#next(4)).join('\n')}\n}`;
    if (isInClass) return `(class { static { ((${parameter}) => ${body})(${value}); } });`;
    return this.#pick([
      `((${parameter}) => ${body})(${value});`,
      `(function (${parameter}) ${body})(${value});`,
      `(function (${parameter}) ${body}).call(null${value && `, ${value}`});`,
    ]);
  }

  /** Several functions of one text that share the variable by which each calls itself, or another. */
  #planShared(scope) {
    const keyword = this.#pick(['let', 'var']);
    const binding = scope.declare(this, keyword, SERVER_FUNCTION);
    const {name} = binding;
    return () => {
      binding.ready = true;
      const isLoop = this.#sometimes(2);
      const inner = new Scope(scope, isLoop ? scope.fn : {...scope.fn, isAsync: false});
      inner.isBody = !isLoop;
      const item = Object.assign(inner.add('item', VALUE, 'const'), {ready: true}).name;
      const fn = this.#function(inner, {kind: SERVER_FUNCTION, isArrow: true});
      const body = `{ ${name} = async ${fn}; use(${name}); }`;
      return isLoop
        ? `${keyword} ${name}; for (const ${item} of [1, 2]) ${body}`
        : `${keyword} ${name}; [1, 2].forEach((${item}) => ${body});`;
    };
  }

  /** What sloppy code alone may say. */
  #branchFunction(scope) {
    if (!this.isSloppy || scope.fn.isStrict) return ';';
    const name = this.#pick(NAMES);
    const inner = new Scope(scope);
    inner.add(name, FUNCTION, 'function').ready = true;
    const text = `if (${this.#expression(scope, 2)}) function ${name}${this.#function(inner, {kind: FUNCTION})}`;
    scope.hoist(name, FUNCTION);
    return text;
  }

  #planVariable(scope) {
    const keyword = this.#pick(['const', 'let', 'var']);
    const name = scope.declare(this, keyword, VALUE);
    return () => {
      const text = `${keyword} ${name.name} = ${this.#expression(scope)};`;
      name.ready = true;
      return text;
    };
  }

  #planDestructuring(scope) {
    const keyword = this.#pick(['const', 'let', 'var']);
    const names = Array.from({length: 1 + this.#next(3)}, () =>
      scope.declare(this, keyword, VALUE),
    );
    return () => {
      const pattern = this.#pattern(
        scope,
        names.map(({name}) => name),
      );
      for (const name of names) name.ready = true;
      return `${keyword} ${pattern} = ${this.#source(pattern)};`;
    };
  }

  /** A pattern that binds all the names. */
  #pattern(scope, names) {
    const inArray = this.#sometimes();
    const parts = names.map((name, i) => {
      const withDefault = this.#sometimes() ? ` = (tick(), ${this.#expression(scope, 2)})` : '';
      const isLast = i === names.length - 1;
      if (isLast && i > 0 && this.#sometimes()) return `...${name}`;
      if (inArray) return name + withDefault;
      const nested = this.#sometimes(5) ? `{z: ${name}${withDefault}} = {}` : name + withDefault;
      return `${KEYS[i] ?? `k${i}`}: ${nested}`;
    });
    return inArray ? `[${parts.join(', ')}]` : `{${parts.join(', ')}}`;
  }

  #source(pattern) {
    const value = () => (this.#sometimes() ? this.#pick(LITERALS) : String(this.#next(9)));
    return pattern.startsWith('[')
      ? `[${value()}, ${value()}, ${value()}]`
      : `{x: ${value()}, y: ${value()}, z: ${value()}}`;
  }

  #planServerFunction(scope) {
    const form = this.#pick(['declaration', 'arrow', 'declaration', 'expression', 'named', 'let']);
    const isDeclaration = form === 'declaration';
    const keyword = isDeclaration ? 'function' : form === 'let' ? 'let' : 'const';
    const binding = scope.declare(this, keyword, SERVER_FUNCTION);
    binding.ready = isDeclaration;
    const {name} = binding;
    const isUsedFirst = isDeclaration && this.#sometimes(4);
    return () => {
      const options = {kind: SERVER_FUNCTION};
      let text;
      if (isDeclaration) text = `async function ${name}${this.#function(scope, options)}`;
      else if (form === 'arrow' || form === 'let') {
        text = `${keyword} ${name} = async ${this.#function(scope, {...options, isArrow: true})};`;
      } else {
        const ownName = form === 'named' ? this.#pick(NAMES) : null;
        text = `${keyword} ${name} = async function ${ownName ?? ''}${this.#function(scope, {...options, ownName})};`;
      }
      binding.ready = true;
      return isUsedFirst ? `use(${name});\n${text}` : `${text}\nuse(${name});`;
    };
  }

  #planServerMember(scope) {
    const binding = scope.declare(this, 'const', 'holder');
    const {name} = binding;
    return () => {
      const options = {kind: SERVER_FUNCTION};
      const key = this.#pick(['m', `'m'`, `['m']`]);
      const text = this.#sometimes(2)
        ? `class ${name} { static async ${this.#sometimes() ? `'m'` : 'm'}${this.#function(new Scope(scope, {...scope.fn, isStrict: true}), options)} }`
        : this.#sometimes(2)
          ? `const ${name} = {p: 1, async ${key}${this.#function(scope, options)}, q: 2};`
          : `const ${name} = {${key}: async ${this.#function(scope, {...options, isArrow: true})}};`;
      binding.ready = true;
      return `${text}\nuse(${name}.m);`;
    };
  }

  #planHelper(scope) {
    const form = this.#pick(['declaration', 'arrow', 'declaration', 'expression', 'let']);
    const isDeclaration = form === 'declaration';
    const kind = this.#pick([FUNCTION, FUNCTION, ASYNC_FUNCTION]);
    const keyword = isDeclaration ? 'function' : form === 'let' ? 'let' : 'const';
    const binding = scope.declare(this, keyword, kind);
    binding.ready = isDeclaration;
    const {name} = binding;
    return () => {
      const async = kind === ASYNC_FUNCTION ? 'async ' : '';
      let text;
      if (isDeclaration) {
        text = `${async}function ${name}${this.#function(scope, {kind})}`;
        if (this.isSloppy && !scope.fn.isStrict && kind === FUNCTION) scope.hoist(name, kind);
      } else if (form === 'expression') {
        const ownName = this.#sometimes() ? this.#pick(NAMES) : null;
        text = `${keyword} ${name} = ${async}function ${ownName ?? ''}${this.#function(scope, {kind, ownName})};`;
      } else {
        text = `${keyword} ${name} = ${async}${this.#function(scope, {kind, isArrow: true})};`;
      }
      binding.ready = true;
      return text;
    };
  }

  #planClass(scope) {
    // A class that is rebuilt runs its static blocks again.
    const hasStaticBlock = this.#sometimes(5);
    const binding = scope.declare(this, 'class', hasStaticBlock ? 'static block' : CLASS);
    const {name} = binding;
    return () => {
      const inner = new Scope(scope, {
        ...scope.fn,
        isAsync: false,
        isModule: true,
        isStrict: true,
      });
      const members = [
        `get(x) { tick(); return [this.f, x, ${this.#expression(inner, 2)}]; }`,
        `f = ${this.#expression(inner, 2)};`,
        ...(this.#sometimes() ? [`static s = ${this.#pick(LITERALS)};`] : []),
        ...(hasStaticBlock ? [`static { ${this.#inner(inner).join('\n')} }`] : []),
        ...(this.#sometimes()
          ? [`[${this.#pick([`'k'`, `'x'`])}]() { return ${this.#expression(inner, 2)}; }`]
          : []),
      ];
      binding.ready = true;
      return `class ${name} {\n${members.join('\n')}\n}`;
    };
  }

  /** A helper that is known by two names, or calls itself under another one. */
  #planSelfReference(scope) {
    const binding = scope.declare(this, 'const', FUNCTION);
    return () => {
      const own = this.#pick(NAMES);
      const other = this.#reference(scope, [FUNCTION, VALUE]) ?? '1';
      binding.ready = true;
      return `const ${binding.name} = function ${own}(n) { tick(); return num(n) > 2 ? typeof ${other} : ${own}(num(n) + 1); };`;
    };
  }

  #planLoop(scope) {
    return () => {
      const inner = new Scope(scope);
      const keyword = this.#pick(['let', 'const', 'var', 'let']);
      const form = this.#pick(['of', 'for', 'in', 'while', 'pattern']);
      if (form === 'while') {
        const name = inner.declare(this, 'let', VALUE).name;
        return `{ let ${name} = 0; while (num(${name}) < 2) { tick(); ${name} = num(${name}) + 1; ${this.#ready(inner)} ${this.#block(inner)} } }`;
      }
      if (form === 'for') {
        const word = keyword === 'const' ? 'let' : keyword;
        const binding = inner.declare(this, word, VALUE);
        const start = `${word} ${binding.name} = 0, `;
        const second = inner.declare(this, word, VALUE);
        binding.ready = true;
        const init = `${start}${second.name} = ${this.#expression(inner, 2)}`;
        second.ready = true;
        // The counter may be written in the body, and then the loop is ended by running out of ticks.
        return `for (${init}; num(${binding.name}) < 2; ${binding.name} = num(${binding.name}) + 1) { tick(); ${this.#inner(inner).join('\n')} }`;
      }
      if (form === 'pattern') {
        const names = Array.from({length: 1 + this.#next(2)}, () =>
          inner.declare(this, keyword, VALUE),
        );
        const pattern = this.#pattern(
          inner,
          names.map(({name}) => name),
        );
        for (const name of names) name.ready = true;
        return `for (${keyword} ${pattern} of [${this.#source(pattern)}, ${this.#source(pattern)}]) ${this.#block(inner)}`;
      }
      const binding = inner.declare(this, keyword, VALUE);
      const list = this.#expression(inner, 2);
      binding.ready = true;
      return form === 'of'
        ? `for (${keyword} ${binding.name} of [${list}, ${this.#pick(LITERALS)}]) ${this.#block(inner)}`
        : `for (${keyword} ${binding.name} in {x: 1, y: 2}) ${this.#block(inner)}`;
    };
  }

  #ready(scope) {
    for (const binding of scope.names.values()) binding.ready = true;
    return '';
  }

  #tryStatement(scope) {
    const inner = new Scope(scope);
    const {name} = Object.assign(inner.declare(this, 'let', VALUE), {ready: true});
    let attempt = `{ throw {x: ${this.#pick(LITERALS)}, y: ${this.#pick(LITERALS)}}; }`;
    let param = this.#pick([
      `({x: ${name}})`,
      `({x: ${name} = 1})`,
      `({y: ${name}, ...others})`,
      '',
    ]);
    let first = '';
    if (this.#sometimes()) {
      attempt = this.#block(scope);
      param = `(${name})`;
      // Errors are no plain data, and one of a variable without a value ends the program.
      first = `${name} = caught(${name});\n`;
    } else if (param === '') {
      inner.names.delete(name);
    }
    const body = first + this.#statements(inner, 1 + this.#next(4)).join('\n');
    const last = this.#sometimes() ? ` finally ${this.#block(scope)}` : '';
    return `try ${attempt} catch ${param} {\n${body}\n}${last}`;
  }

  #switchStatement(scope) {
    const discriminant = this.#expression(scope, 2);
    const inner = new Scope(scope);
    const plan = () => Array.from({length: 1 + this.#next(2)}, () => this.#planStatement(inner));
    // What the first case declares may not have been reached in the second.
    const [planFirst, planSecond] = [plan(), plan()];
    const first = planFirst.map((write) => write()).join('\n');
    const end = this.#sometimes(2) ? 'break;' : '';
    const second = planSecond.map((write) => write()).join('\n');
    return `switch (${discriminant}) {\ncase 1:\n${first}\n${end}\n${this.#sometimes() ? `case 's'` : 'default'}:\n${second}\n}`;
  }

  #block(scope) {
    return `{\n${this.#inner(scope).join('\n')}\n}`;
  }

  /** Statements of a block of their own. */
  #inner(scope) {
    return this.#statements(new Scope(scope), 1 + this.#next(4));
  }

  // --- functions ---

  /** Parameters and body, and for an arrow what is between. */
  #function(scope, {kind, ownName = null, isArrow = false, isPage = false}) {
    const isAsync = kind !== FUNCTION;
    const fn = {isAsync, isModule: false, isPage, isStrict: scope.fn.isStrict};
    let around = scope;
    if (ownName) {
      around = new Scope(scope, fn);
      around.add(ownName, kind, 'own name').ready = true;
    }
    // `await` cannot stand in the parameters.
    const params = new Scope(around, {...fn, isAsync: false});
    const list = this.#parameters(params, isPage);
    const body = new Scope(params, fn);
    body.isBody = true;
    const isServer = kind === SERVER_FUNCTION;
    const directive = isServer ? `'use server';\n` : '';
    if (isArrow && !isServer && this.#sometimes(2))
      return `(${list}) => (tick(), [${this.#expression(body, 2)}])`;
    const plans = Array.from({length: this.#next(isPage ? 8 : 4)}, () => this.#planStatement(body));
    const planLast = isPage ? this.#planServerFunction(body) : this.#planStatement(body);
    const statements = plans.map((write) => write());
    const result = `return ${this.#result(body)};`;
    const rest = this.#sometimes(5) ? [result, planLast()] : [planLast(), result];
    return `(${list}) ${isArrow ? '=> ' : ''}{\n${directive}tick();\n${[...statements, ...rest].join('\n')}\n}`;
  }

  #parameters(scope, isPage) {
    const count = this.#next(3);
    const parts = [];
    for (let i = 0; i < count; i++) {
      const isLast = i === count - 1;
      const form = this.#pick(['plain', 'plain', 'default', 'pattern', 'rest']);
      if (form === 'rest' && isLast) {
        parts.push(`...${scope.declareParameter(this).name}`);
      } else if (form === 'pattern') {
        const names = Array.from(
          {length: 1 + this.#next(2)},
          () => scope.declareParameter(this).name,
        );
        parts.push(`${this.#pattern(scope, names)} = []`);
      } else {
        const {name} = scope.declareParameter(this);
        parts.push(form === 'default' ? `${name} = (tick(), ${this.#expression(scope, 2)})` : name);
      }
    }
    if (isPage && count === 0) return '';
    return parts.join(', ');
  }

  #result(scope) {
    if (!this.#sometimes()) return `[${this.#expression(scope)}, ${this.#expression(scope)}]`;
    return this.#reference(scope, [SERVER_FUNCTION]) ?? this.#expression(scope);
  }

  // --- expressions ---

  #expression(scope, depth = 3) {
    const variable = () => this.#reference(scope, [VALUE]) ?? this.#pick(LITERALS);
    if (depth === 0) return this.#sometimes(4) ? this.#literal() : variable();
    const inner = () => this.#expression(scope, depth - 1);
    const kinds = [
      'variable',
      'literal',
      'variable',
      'call',
      'member',
      'variable',
      'call',
      'member',
      'array',
      'object',
      'typeof',
      'condition',
      'closure',
      'method',
      'new',
      'map',
      'server',
      'shorthand',
      'assignment',
      'template',
      'logical',
      'call',
      'optional call',
      'immediate',
      'name',
      'sequence',
      'await',
      'rare',
    ];
    switch (this.#pick(kinds)) {
      case 'variable':
        return variable();
      case 'literal':
        return this.#literal();
      case 'call':
        return this.#call(scope, depth);
      case 'member': {
        const object = this.#reference(scope, [VALUE]);
        if (!object) return this.#literal();
        const steps = [
          '?.x',
          '?.x?.y',
          `?.['x']`,
          '?.x.y',
          '?.[num(1)]',
          '?.z',
          '.x',
          '?.x?.[0]',
          '?.y?.z?.x',
          `?.['x'].y?.z`,
        ];
        return object + this.#pick(steps);
      }
      case 'array':
        return `[${inner()}, ${this.#sometimes() ? `...[${inner()}]` : inner()}]`;
      case 'object':
        return `({${this.#pick(KEYS)}: ${inner()}, [${this.#pick([`'x'`, `'w'`])}]: ${inner()}, ...${inner()}})`;
      case 'shorthand': {
        const name = this.#reference(scope, [VALUE]);
        return name ? `({${name}})` : this.#literal();
      }
      case 'typeof': {
        const name = this.#reference(scope, [
          VALUE,
          FUNCTION,
          ASYNC_FUNCTION,
          SERVER_FUNCTION,
          CLASS,
        ]);
        return `typeof ${name ?? 'missing'}`;
      }
      case 'condition':
        return `(${inner()} ? ${inner()} : ${inner()})`;
      case 'logical':
        return `(${inner()} ${this.#pick(['??', '||', '&&'])} ${inner()})`;
      case 'closure': {
        const own = new Scope(scope, {...scope.fn, isAsync: false, isModule: false});
        const name = own.declareParameter(this).name;
        return `((${name}) => ${this.#parenthesised(own, depth)})(${inner()})`;
      }
      case 'immediate': {
        const ownName = this.#sometimes() ? this.#pick(NAMES) : '';
        const text = this.#function(scope, {kind: FUNCTION, ownName});
        return `(function ${ownName}${text})(${inner()})`;
      }
      case 'map': {
        const own = new Scope(scope, {...scope.fn, isAsync: false, isModule: false});
        const names = [own.declareParameter(this).name, own.declareParameter(this).name];
        return `[1, ${inner()}].map((${names.join(', ')}) => ${this.#parenthesised(own, depth)})`;
      }
      case 'method': {
        const object = this.#reference(scope, [VALUE]);
        if (!object) return this.#literal();
        const calls = [
          `?.at?.(0)`,
          `?.get?.('x')`,
          `?.slice?.(0, 1)`,
          `?.x?.at?.(0)`,
          `?.['at']?.(1)`,
          `?.includes?.(1)`,
          `?.concat?.(1)`,
        ];
        return object + this.#pick(calls);
      }
      case 'new': {
        const name = this.#reference(scope, [CLASS]);
        return name
          ? this.#pick([`new ${name}().get(1)`, `${name}.s`, `new ${name}().f`])
          : this.#literal();
      }
      case 'server': {
        if (scope.depth > 4) return this.#literal();
        const text = this.#sometimes(2)
          ? `async ${this.#function(scope, {kind: SERVER_FUNCTION, isArrow: true})}`
          : `async function ${this.#function(scope, {kind: SERVER_FUNCTION})}`;
        return `use(${text})`;
      }
      case 'assignment': {
        const assignment = this.#assignment(scope, depth - 1);
        return assignment ? `(${assignment.name} = ${assignment.value})` : this.#literal();
      }
      case 'template': {
        const tag = this.#reference(scope, [FUNCTION]);
        return tag ? `${tag}\`t\${${inner()}}\`` : `\`\${num(${inner()})}\``;
      }
      case 'optional call': {
        const name = this.#reference(scope, [FUNCTION]);
        return name ? `${name}?.(${inner()})` : this.#literal();
      }
      case 'name': {
        const kinds = [FUNCTION, SERVER_FUNCTION, ASYNC_FUNCTION];
        const fn = this.#reference(scope, kinds, (binding) => binding);
        if (!fn) return this.#literal();
        // A reference that has been sent has the name and the length of the export.
        if (fn.kind !== FUNCTION) this.isForOneProcess = true;
        return `${fn.name}.${this.#pick(['length', 'name'])}`;
      }
      case 'sequence':
        return `(${inner()}, ${inner()})`;
      case 'await':
        return scope.fn.isAsync ? `(await ${inner()})` : this.#literal();
      case 'rare':
        return (
          this.#reference(scope, [SERVER_FUNCTION, FUNCTION, SERVER_FUNCTION]) ?? this.#literal()
        );
    }
  }

  #parenthesised(scope, depth) {
    return `(${this.#expression(scope, depth - 1)})`;
  }

  #literal() {
    const text = this.#pick(LITERALS);
    return text.startsWith('{') ? `(${text})` : text;
  }

  #call(scope, depth) {
    const kinds = scope.fn.isAsync ? [FUNCTION, SERVER_FUNCTION, ASYNC_FUNCTION] : [FUNCTION];
    const name = this.#reference(scope, kinds, (binding) => binding);
    if (!name) return this.#literal();
    const args = this.#times(2, () => this.#expression(scope, depth - 1)).join(', ');
    return name.kind === FUNCTION ? `${name.name}(${args})` : `(await ${name.name}(${args}))`;
  }

  #reference(scope, kinds, map = ({name}) => name) {
    const visible = scope.visible().filter((binding) => kinds.includes(binding.kind));
    const ready = visible.filter((binding) => binding.ready || binding.scope.fn !== scope.fn);
    // Now and then one that has no value yet.
    const list = ready.length > 0 && !this.#sometimes(40) ? ready : visible;
    return list.length > 0 ? map(this.#pick(list)) : null;
  }

  /** A variable that can be assigned, and what to assign to it. */
  #assignment(scope, depth) {
    const list = scope
      .visible()
      .filter(({isWritable, kind}) => isWritable && (kind === VALUE || this.#sometimes(8)));
    if (list.length === 0) return null;
    const {name, kind} = this.#pick(list);
    // Nobody awaits what a plain function gives, so no async one may take its place.
    const value = kind === VALUE ? this.#expression(scope, depth) : this.#literal();
    return {name, value};
  }

  freshName(isFree) {
    const wanted = this.#next(NAMES.length);
    for (let i = 0; i < NAMES.length; i++) {
      const name = NAMES[(wanted + i) % NAMES.length];
      if (isFree(name) && (i === 0 || this.#sometimes(2))) return name;
    }
    return `v${this.#fresh++}`;
  }
}

/** Names of a block, and of a function its parameters. */
class Scope {
  names = new Map();
  /** Names of `var` declarations inside: they must not meet a `let` on their way up. */
  passedVars = new Set();
  isBody = false;
  /** Functions of blocks inside, which sloppy code sees as variables. */
  #hoisted = new Map();

  constructor(parent, fn = parent.fn) {
    this.parent = parent;
    this.fn = fn;
    this.depth = parent ? parent.depth + 1 : 0;
  }

  add(name, kind, keyword) {
    const isWritable = ['let', 'var', 'parameter', 'function'].includes(keyword);
    const binding = {name, kind, keyword, scope: this, isWritable, ready: false};
    this.names.set(name, binding);
    return binding;
  }

  declare(writer, keyword, kind) {
    if (keyword === 'var') return this.#declareVar(writer, kind);
    const params = this.isBody ? this.parent.names : new Map();
    const isFree = (name) =>
      !this.names.has(name) && !this.passedVars.has(name) && !params.has(name);
    return this.add(writer.freshName(isFree), kind, keyword);
  }

  #declareVar(writer, kind) {
    const path = [];
    let scope = this;
    while (!scope.isBody && scope.parent?.fn === scope.fn) {
      path.push(scope);
      scope = scope.parent;
    }
    const isFree = (name) =>
      path.every(({names}) => !names.has(name)) &&
      (!scope.names.has(name) || scope.names.get(name).keyword === 'var');
    const name = writer.freshName(isFree);
    for (const passed of path) passed.passedVars.add(name);
    const binding = scope.names.get(name) ?? scope.add(name, kind, 'var');
    return binding;
  }

  declareParameter(writer) {
    const binding = this.add(
      writer.freshName((name) => !this.names.has(name)),
      VALUE,
      'parameter',
    );
    binding.ready = true;
    return binding;
  }

  hoist(name, kind) {
    let scope = this;
    while (!scope.isBody && scope.parent?.fn === scope.fn) scope = scope.parent;
    if (scope !== this) {
      scope.#hoisted.set(name, {name, kind, scope, isWritable: false, ready: true});
    }
  }

  /** What can be used here, the nearest first. */
  visible() {
    const found = new Map();
    for (let scope = this; scope; scope = scope.parent) {
      for (const [name, binding] of [...scope.names, ...scope.#hoisted]) {
        if (!found.has(name)) found.set(name, binding);
      }
    }
    return [...found.values()];
  }
}
