/**
 * Writes a random `"use server"` module out of variables that are declared, assigned and exported in all
 * ways.
 *
 * @param {() => number} random a number from 0 to 1
 * @returns {{source: string, mayBeLate: boolean}} the module, and whether a function that is called later
 *   assigns a variable
 */
export function randomExports(random) {
  const below = (count) => Math.floor(random() * count);
  const pick = (list) => list[below(list.length)];
  let count = 0;
  const value = () => {
    const tag = `'${++count}'`;
    return pick([`async () => ${tag}`, `make(${tag})`, `async function () { return ${tag}; }`]);
  };
  const variables = NAMES.map((name) => ({name, kind: pick(KINDS)}));
  const names = variables.filter(({kind}) => kind !== 'const').map(({name}) => name);
  if (names.length === 0) return randomExports(random);
  let mayBeLate = false;

  const assignment = () => {
    const name = pick(names);
    if (random() < 0.02) {
      mayBeLate = true;
      return pick([
        `const later${++count} = () => { ${name} = ${value()}; };`,
        `function later${++count}() { [${name}] = [1]; }`,
        `Promise.resolve().then(() => no && ${name}++);`,
      ]);
    }
    return pick(ASSIGNMENTS)(name, value, pick(names));
  };
  const statements = variables.map(({name, kind}) => declarationOf(name, kind, value));
  for (let i = below(8); i > 0; i--) statements.push(assignment());

  const exported = new Set();
  for (let i = 1 + below(5); i > 0; i--) {
    const [name, exportName] = [pick(NAMES), pick(['default', 'x', 'y', ...NAMES])];
    if (exported.has(exportName)) continue;
    exported.add(exportName);
    const statement =
      exportName === 'default' && random() < 0.7
        ? `export default ${name};`
        : `export {${name} as ${exportName}};`;
    // Its value is that of the place where it stands.
    statements.splice(NAMES.length + below(statements.length - NAMES.length + 1), 0, statement);
  }
  if (random() < 0.3) statements.splice(below(statements.length), 0, `var ${NAMES[0]}2;`);
  if (random() < 0.3) statements.push(`export const copy = ${pick(NAMES)};`);
  return {source: `'use server';\n${HELPERS}\n${statements.join('\n')}\n`, mayBeLate};
}

const NAMES = ['a', 'b', 'c', 'd'];
const KINDS = [
  'let',
  'let',
  'empty let',
  'var',
  'two vars',
  'nested var',
  'function',
  'const',
  'pattern',
];

const HELPERS = `const make = (tag) => async () => tag;
const wrap = (fn) => async () => 'w' + (await fn?.());
const [yes, no] = [true, false];`;

function declarationOf(name, kind, value) {
  switch (kind) {
    case 'empty let':
      return `let ${name};`;
    case 'two vars':
      return `var ${name} = ${value()};\nvar ${name} = ${value()};`;
    case 'nested var':
      return `if (yes) { var ${name} = ${value()}; }`;
    case 'function':
      return `async function ${name}() { return '${name}'; }`;
    case 'pattern':
      return `let {x: [${name}]} = {x: [${value()}]};`;
    default:
      return `${kind} ${name} = ${value()};`;
  }
}

const ASSIGNMENTS = [
  (name, value) => `${name} = ${value()};`,
  (name, value) => `if (yes) ${name} = ${value()};`,
  (name, value) => `if (no) ${name} = ${value()};`,
  (name) => `${name} = wrap(${name});`,
  (name) => `${name} = ${name}?.bind(null);`,
  (name, value) => `[${name}] = [${value()}];`,
  (name, value) => `({x: ${name} = ${value()}} = {});`,
  (name, value) => `for (${name} of [${value()}, ${value()}]);`,
  (name, value) => `(() => { ${name} = ${value()}; })();`,
  (name, value) => `(function () { if (yes) ${name} = ${value()}; }).call(null);`,
  (name, value) => `await (async () => { await 1; ${name} = ${value()}; })();`,
  (name, value) =>
    `class A${name}${value().length} { static { ${name} = ${value()}; } }`
      .replace('class', '(class')
      .concat(');'),
  (name) => `{ let ${name} = 1; ${name} = 2; }`,
  (name) => `((${name}) => { ${name} = 1; })();`,
  (name, value, other) => `[${name}, ${other}] = [${other}, ${name}];`,
  (name, value, other) => `${name} = ${other};`,
  (name, value) => `${name} ||= ${value()};`,
  (name, value) => `${name} &&= ${value()};`,
];
