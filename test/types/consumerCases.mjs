import assert from 'node:assert/strict';
import {spawnSync} from 'node:child_process';
import {writeFileSync} from 'node:fs';
import {fileURLToPath} from 'node:url';
import ts from 'typescript-with-api';
import {check, checkProject} from './support/check.mjs';

const everything = ['everyExport.ts', 'browser.tsx', 'server.ts', 'tools.ts', 'webpack.config.ts'];
const {ModuleKind, ModuleResolutionKind} = ts;

const resolutions = {
  nodenext: {module: ModuleKind.NodeNext, moduleResolution: ModuleResolutionKind.NodeNext},
  node16: {module: ModuleKind.Node16, moduleResolution: ModuleResolutionKind.Node16},
  bundler: {module: ModuleKind.ESNext, moduleResolution: ModuleResolutionKind.Bundler},
  node10: {module: ModuleKind.ESNext, moduleResolution: ModuleResolutionKind.Node10},
};

/** @param {string} folder that `createConsumerProject` made */
export const consumerCases = (folder) => ({
  ...Object.fromEntries(
    Object.entries(resolutions).map(([name, options]) => [
      `every entry point has types with moduleResolution ${name} and every strict option`,
      () => assert.equal(check(folder, everything, options), ''),
    ]),
  ),
  'code for the browser needs no types of Node'() {
    assert.equal(check(folder, ['browser.tsx'], {...resolutions.bundler, types: []}), '');
  },
  'code for the server needs no types of the DOM'() {
    const files = ['server.ts', 'tools.ts', 'webpack.config.ts'];
    const options = {...resolutions.nodenext, lib: ['lib.es2023.d.ts']};
    assert.equal(check(folder, files, options), '');
  },
  'TypeScript 7 says the same as 5.9, of what other packages declare as well'() {
    const compilerOptions = {
      module: 'nodenext',
      target: 'es2023',
      jsx: 'react-jsx',
      lib: ['es2023', 'dom', 'dom.iterable', 'dom.asynciterable'],
      types: ['node'],
      strict: true,
      exactOptionalPropertyTypes: true,
      verbatimModuleSyntax: true,
      isolatedModules: true,
      skipLibCheck: false,
      noEmit: true,
    };
    writeFileSync(`${folder}/tsconfig.json`, JSON.stringify({compilerOptions, files: everything}));
    const tsc = fileURLToPath(import.meta.resolve('typescript/package.json')).replace(
      'package.json',
      'bin/tsc',
    );
    const {stdout} = spawnSync(process.execPath, [tsc, '-p', folder], {encoding: 'utf8'});
    assert.equal(stdout, '');
  },
  'the code of docs/typescript.md is right for bundlers, with the tsconfig.json there'() {
    assert.equal(checkProject(`${folder}/docs/tsconfig.json`), '');
  },
  'the code of docs/typescript.md is right for Node, with the tsconfig.json there'() {
    assert.equal(checkProject(`${folder}/docs/tsconfig.node.json`), '');
  },
});
