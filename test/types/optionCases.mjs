import assert from 'node:assert/strict';
import {fileURLToPath} from 'node:url';
import ts from 'typescript-with-api';
import {createUseServer, UseServerWebpackPlugin} from 'use-server-webpack-plugin';
import {createCallServer} from 'use-server-webpack-plugin/client';
import {initialize} from 'use-server-webpack-plugin/loader';
import {
  createMemoryCache,
  createServerFunctionHandler,
  loadConsumerManifest,
  loadServerManifest,
  RefusalError,
  withRequest,
} from 'use-server-webpack-plugin/server';
import {transform} from 'use-server-webpack-plugin/transform';
// A development server would have to be ended.
import {checkOptions as checkDevelopmentOptions} from '../../dist/src/development/options.js';
import {declarationFiles, exportsOf, isOwn} from './support/publicTypes.mjs';

/** They are read from JSON, which has no undefined. */
const FROM_JSON = new Set(['SourceMap', 'ManifestEntry', 'ClientManifestEntry', 'Stylesheet']);

/** @param {import('typescript-with-api').Program} program */
export const optionCases = (program) => ({
  'every optional member of every option accepts undefined'() {
    assert.deepEqual(membersWithoutUndefined(program), []);
  },
  'undefined is the same as nothing for every option of the plugins'() {
    const own = undefinedOptions(program, 'UseServerWebpackPluginOptions');
    assert.doesNotThrow(() => new UseServerWebpackPlugin(own));
    const options = undefinedOptions(program, 'CreateUseServerOptions');
    createUseServer(options);
    checkDevelopmentOptions(undefinedOptions(program, 'DevelopmentServerOptions'));
  },
  'undefined is the same as nothing for every option of the handler'() {
    const manifest = {};
    const limits = undefinedOptions(program, 'DecodingLimits');
    const options = undefinedOptions(program, 'ServerFunctionHandlerOptions');
    createServerFunctionHandler({...options, manifest, limits});
    loadServerManifest(manifest, {root: undefined});
    loadConsumerManifest({moduleMap: {}, moduleLoading: null}, {root: undefined});
    withRequest(new Request('http://a.example'), () => {}, {trustProxy: undefined});
    createMemoryCache({maxEntries: undefined}).cached(async () => 1, {
      tags: ['a'],
      paths: undefined,
    });
    const error = new RefusalError(401, 'No.', undefinedOptions(program, 'RefusalOptions'));
    assert.deepEqual([error.code, error.headers], ['refused', {}]);
  },
  async 'a limit that is undefined has its default'() {
    const handle = createServerFunctionHandler({
      manifest: {'server.ts#save': {id: 'server.ts', chunks: [], name: 'save', async: true}},
      root: fileURLToPath(new URL('fixtures/', import.meta.url)),
      limits: undefinedOptions(program, 'DecodingLimits'),
    });
    const body = new FormData();
    body.set('0', '["$K1"]');
    body.set(`1_${'x'.repeat(2000)}`, '');
    const headers = {'X-Action-Id': 'server.ts#save', 'Sec-Fetch-Site': 'same-origin'};
    const request = new Request('http://a.example/rsc-action', {method: 'POST', body, headers});
    const response = await handle(request);
    assert.match(await response.text(), /"fieldNameLength" of 1024/);
  },
  'undefined is the same as nothing for every option of the client, the hooks and the compiler'() {
    createCallServer(undefinedOptions(program, 'CallServerOptions'));
    initialize(undefinedOptions(program, 'NodeHookOptions'));
    const source = '"use server"; export async function save() {}';
    const needed = {filename: '/app/a.js', root: '/app', target: 'client'};
    const options = {...undefinedOptions(program, 'TransformOptions'), ...needed};
    assert.deepEqual(transform(source, options), transform(source, needed));
  },
});

/** @param {string} name of the type of some options */
function undefinedOptions(program, name) {
  const checker = program.getTypeChecker();
  const {symbol} = allExports(program).find((item) => item.name === name);
  const names = checker
    .getPropertiesOfType(checker.getDeclaredTypeOfSymbol(symbol))
    .map((member) => member.name);
  assert.notEqual(names.length, 0);
  return Object.fromEntries(names.map((member) => [member, undefined]));
}

function allExports(program) {
  return [...declarationFiles.keys()]
    .filter((entry) => entry !== './types' && entry !== './runtime')
    .flatMap((entry) => exportsOf(program, entry));
}

/** In what applications give to this package: options, and all that is a parameter. */
function membersWithoutUndefined(program) {
  const checker = program.getTypeChecker();
  const found = new Set();
  const seen = new Set();
  const visit = (type) => {
    if (seen.has(type)) return;
    seen.add(type);
    if (type.isUnionOrIntersection()) return type.types.forEach(visit);
    if (FROM_JSON.has(type.symbol?.name)) return;
    for (const member of checker.getPropertiesOfType(type).filter(isOwn)) {
      const memberType = checker.getTypeOfSymbol(member);
      const isOptional = (member.flags & ts.SymbolFlags.Optional) !== 0;
      if (isOptional && !acceptsUndefined(memberType, checker)) {
        found.add(`${type.symbol.name}.${member.name}`);
      }
      visit(memberType);
    }
  };
  for (const {name, symbol, isType} of allExports(program)) {
    if (isType && name.endsWith('Options')) visit(checker.getDeclaredTypeOfSymbol(symbol));
    if (isType) continue;
    const type = checker.getTypeOfSymbol(symbol);
    for (const signature of [...type.getCallSignatures(), ...type.getConstructSignatures()]) {
      for (const parameter of signature.parameters) visit(checker.getTypeOfSymbol(parameter));
    }
  }
  return [...found];
}

/** A member that may be missing only has another type than `undefined` in its union. */
function acceptsUndefined(type, checker) {
  if (type.flags & (ts.TypeFlags.Any | ts.TypeFlags.Unknown)) return true;
  return type.isUnion() && type.types.includes(checker.getUndefinedType());
}
