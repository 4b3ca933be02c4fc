import {cpSync, mkdirSync, mkdtempSync, readFileSync, symlinkSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {dirname, join} from 'node:path';
import {fileURLToPath} from 'node:url';
import {declarationFiles, exportsOf, repository} from './publicTypes.mjs';

const fixtures = fileURLToPath(new URL('../fixtures/', import.meta.url));

/**
 * A folder as a user has it, which depends on the built package: the programs of `fixtures/`, one that
 * imports every export, and the code of docs/typescript.md in `docs/`.
 *
 * @param {import('typescript-with-api').Program} program of the declarations
 */
export function createConsumerProject(program) {
  const folder = mkdtempSync(join(tmpdir(), 'consumer-'));
  symlinkSync(join(repository, 'node_modules'), join(folder, 'node_modules'));
  cpSync(fixtures, folder, {recursive: true});
  const files = {
    'package.json': '{"type": "module"}',
    'everyExport.ts': everyExport(program),
    ...documented(),
  };
  for (const [file, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, file)), {recursive: true});
    writeFileSync(join(folder, file), text);
  }
  return folder;
}

/** Values as values and types as types, as `verbatimModuleSyntax` wants it. */
function everyExport(program) {
  const entries = [...declarationFiles.keys()].filter((entry) => entry !== './types');
  return entries
    .map((entry, i) => {
      const names = exportsOf(program, entry)
        // What `require()` gives, which nothing imports by name.
        .filter(({name}) => name !== 'module.exports')
        .map(({name, isType}) => `${isType ? 'type ' : ''}${name} as ${name}${i}`);
      return `export {${names.join(', ')}} from '${entry.replace('.', 'use-server-webpack-plugin')}';`;
    })
    .join('\n');
}

/** The blocks of the page that begin with the name of a file. */
function documented() {
  const page = readFileSync(join(repository, 'docs/typescript.md'), 'utf8');
  const blocks = [...page.matchAll(/```(?:tsx?|jsonc)\n(\/\/ (\S+)\n[^]*?)```/g)];
  return Object.fromEntries(blocks.map(([, code, file]) => [`docs/${file}`, code]));
}
