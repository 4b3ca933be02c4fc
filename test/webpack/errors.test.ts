import {Project, stopBuilding} from './support/project.ts';

afterAll(stopBuilding);

describe('errors', () => {
  test('a synchronous export is one error, at its place, with a frame', async () => {
    const {errors, printed} = await new Project('error-sync', {
      'src/index.js': `import {save} from './actions.js'; globalThis.save = save;`,
      'src/actions.js': `'use server';\nexport function save() {}\n`,
    }).build();

    expect(errors).toHaveLength(1);
    expect(printed).toMatch(/ERROR in \.\/src\/actions\.js 2:\d+-/);
    expect(printed).toContain('async');
    expect(printed).toMatch(/> 2 \| export function save\(\) \{\}/);
    expect(printed).not.toMatch(/\n +at /);
  });

  test('all errors of a module are reported, and nothing follows from them in its importers', async () => {
    const {errors, warnings} = await new Project('error-all', {
      'src/index.js': `import {one, two} from './actions.js'; globalThis.all = [one, two];`,
      'src/actions.js': `'use server';\nexport function one() {}\nexport class two {}\n`,
    }).build();

    expect(errors).toHaveLength(2);
    expect(warnings).toEqual([]);
  });

  test.each(['{"private": true}', '{"type": "module"}'])(
    'a module with errors is not said to lack exports as well, also behind another module, with %s',
    async (description) => {
      const {errors, warnings} = await new Project('error-exports', {
        'package.json': description,
        'src/index.js': `import {one} from './actions.js'; import {two} from './others.js'; import {none} from './empty.js'; globalThis.all = [one, two, none];`,
        'src/others.js': `export {two} from './actions.js';`,
        'src/empty.js': `export const some = 1;`,
        'src/actions.js': `'use server';\nexport function one() {}\nexport class two {}\n`,
      }).build();

      expect(errors[0]).toContain('"one"');
      expect(errors[1]).toContain('"two"');
      // What is really missing is still told, in a package of ES modules as an error.
      expect([...errors.slice(2), ...warnings]).toEqual([
        expect.stringContaining("'none' (imported as 'none') was not found"),
      ]);
    },
  );

  test('a syntax error in a server module is reported by file, line and column', async () => {
    const {errors, printed} = await new Project('error-syntax', {
      'src/index.js': `import {save} from './actions.js'; globalThis.save = save;`,
      'src/actions.js': `'use server';\nexport async function save( {\n`,
    }).build();

    expect(errors).toHaveLength(1);
    expect(printed).toMatch(/ERROR in \.\/src\/actions\.js [23]:\d+/);
  });

  test('a file that only the scan reads is reported in the same way', async () => {
    const {errors, printed} = await new Project('error-scanned', {
      'src/index.js': '',
      'src/server/actions.js': `'use server';\n\nexport function save() {}\n`,
      'src/server/Page.js': `export function Page() {\n  return function () { 'use server'; };\n}\n`,
    }).build();

    expect(errors).toHaveLength(2);
    expect(printed).toMatch(/ERROR in \.\/src\/server\/actions\.js 3:\d+/);
    expect(printed).toMatch(/ERROR in \.\/src\/server\/Page\.js 2:\d+/);
    expect(printed).toContain('> 3 | export function save() {}');
  });

  test('a server function inside a client module is an error', async () => {
    const {errors, printed} = await new Project('error-in-client', {
      'src/index.js': `import './Button.js';`,
      'src/Button.js': `'use client';\nexport function Button() {\n  return async () => { 'use server'; };\n}\n`,
    }).build();

    expect(errors).toHaveLength(1);
    expect(printed).toMatch(/ERROR in \.\/src\/Button\.js 3:\d+/);
  });

  test('warnings do not fail the build', async () => {
    const {errors, warnings, printed} = await new Project('warning', {
      'src/index.js': '',
      'src/Page.js': `export function Page() {\n  let count = 0;\n  return async () => {\n    'use server';\n    count = 1;\n  };\n}\n`,
    }).build();

    expect(errors).toEqual([]);
    expect(warnings).toHaveLength(1);
    expect(printed).toMatch(/WARNING in \.\/src\/Page\.js 5:\d+/);
  });

  test('modules that only speak of directives build as if the plugin were not there', async () => {
    const {printed, files} = await new Project('no-error', {
      'src/index.js': `import './talk.js'; import './broken-jsx.js';`,
      'src/talk.js': `// Put "use server" at the top.\nglobalThis.talk = 'write "use client" first';`,
      'src/broken-jsx.js': `/* use server */ globalThis.x = 1 < 2;`,
    }).build();

    expect(printed).toBe('');
    expect(files['main.js']).toContain('Put "use server" at the top.');
  });

  test('with bail, the first failing module ends the build', async () => {
    const {errors} = await new Project('error-bail', {
      'src/index.js': `import './actions.js';`,
      'src/actions.js': `'use server';\nexport function save() {}\n`,
    }).build('bail: true');

    expect(errors).toHaveLength(1);
  });
});
