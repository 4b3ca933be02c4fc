// What it would cost to find scopes by @babel/traverse and to print by @babel/generator, which the
// transform does not: docs/decisions.md. After npm run build: node bench/transform/babel.js
import {createRequire} from 'node:module';
import {parse} from '@babel/parser';
import {transform} from 'use-server-webpack-plugin/transform';
import {generatedCorpus, smallCorpus} from './corpus.js';
import {parserOptions} from './parserOptions.js';
import {compare} from './timing.js';

const require = createRequire(import.meta.url);
const {default: traverse} = require('@babel/traverse');
const {default: generate} = require('@babel/generator');

const contenders = {
  'a bare parse': parseModule,
  'parse, scopes by @babel/traverse': (module) => crawl(parseModule(module)),
  'parse, print by @babel/generator': (module) => print(parseModule(module), module),
  'parse, print with a map': (module) => print(parseModule(module), module, true),
  'parse, scopes, print with a map': (module) => print(crawl(parseModule(module)), module, true),
  'the whole transform with a map': ({source, filename}) =>
    transform(source, {filename, root: '/', target: 'server'}),
};

function parseModule({source, filename}) {
  return parse(source, parserOptions(filename));
}

/** The scopes of the whole program are found before the first node is visited. */
function crawl(ast) {
  traverse(ast, {Program: (path) => path.stop()});
  // What it keeps for every node would otherwise slow down the garbage collection of the other contenders.
  traverse.cache.clear();
  return ast;
}

function print(ast, {source, filename}, sourceMaps = false) {
  return generate(ast, {sourceMaps, sourceFileName: filename}, source);
}

await compare('small modules of 100 to 1,000 bytes', smallCorpus(10), contenders);
await compare(
  '300 modules of about 140 lines, two inline server functions each',
  generatedCorpus(300, {withDirective: true}),
  contenders,
);
