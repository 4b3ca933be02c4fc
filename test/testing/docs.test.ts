import {readdirSync, readFileSync} from 'node:fs';
import {join} from 'node:path';
import {fileURLToPath} from 'node:url';

const page = fileURLToPath(new URL('../../docs/testing.md', import.meta.url));
const fixtures = fileURLToPath(new URL('fixtures/', import.meta.url));

/** The fixtures' files of a name, whatever test runner they are for. */
function textsOf(file: string): string[] {
  return readdirSync(fixtures, {recursive: true, encoding: 'utf8'})
    .filter((path) => path.replace(/^[\w-]+\//, '') === file)
    .map((path) => readFileSync(join(fixtures, path), 'utf8'));
}

const blocks = [...readFileSync(page, 'utf8').matchAll(/```jsx?\n\/\/ (\S+)\n([\s\S]*?)```/g)];

test('docs/testing.md shows the code of the sample projects', () => {
  const files = blocks.map(([, file]) => file!);
  expect(new Set(files)).toEqual(
    new Set([
      'src/actions.js',
      'actions.test.js',
      'inline.test.js',
      'setup.js',
      'wire.test.js',
      'components.test.js',
      '.storybook/main.js',
      '.storybook/callServer.js',
      'src/LoginForm.stories.jsx',
    ]),
  );
  const invented = blocks.filter(
    ([, file, code]) => !textsOf(file!).some((text) => text.includes(code!)),
  );
  expect(invented.map(([, file]) => file)).toEqual([]);
});
