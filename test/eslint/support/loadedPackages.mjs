// Prints whether linting has loaded Babel's parser: before and after a file with a directive.
import {createRequire} from 'node:module';
import {Linter} from 'eslint';
import useServer from 'use-server-webpack-plugin/eslint';

const require = createRequire(import.meta.url);
const linter = new Linter({cwd: import.meta.dirname});
const filename = `${import.meta.dirname}/file.js`;

function isBabelLoadedAfter(code) {
  const messages = linter.verify(code, [useServer.configs.strict], filename);
  if (messages.length > 0) throw new Error(JSON.stringify(messages));
  return Object.keys(require.cache).some((path) => path.includes('@babel/parser'));
}

console.log(
  JSON.stringify([
    isBabelLoadedAfter(
      `import {save} from './save.js';\nexport const use = (server) => save(server);`,
    ),
    isBabelLoadedAfter(`export const Page = () => async () => {\n  'use server';\n};`),
  ]),
);
