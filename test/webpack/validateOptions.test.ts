import {validate} from 'schema-utils';
import {optionsSchema} from '../../src/webpack/optionsSchema.ts';
import {validateAgainst} from '../../src/webpack/validateOptions.ts';

type Schema = Parameters<typeof validate>[0];

function problem(check: () => void): string | null {
  try {
    check();
    return null;
  } catch (error) {
    return (error as Error).message;
  }
}

const configuration = {name: 'Test', baseDataPath: 'options'};

describe('validateAgainst says what schema-utils says', () => {
  test.each<object>([
    {},
    {root: 'src', include: ['a', 'b'], exclude: 'c', ids: 'hashed', callServer: './call.js'},
    {idPrefix: '@acme/shop'},
    {idPrefix: ''},
    {idPrefix: 5},
    {root: undefined},
    {root: ''},
    {root: 5},
    {root: null},
    {root: ['src']},
    {ids: 'short'},
    {include: []},
    {include: ['']},
    {include: ['a', 5]},
    {include: {}},
    {toString: 1},
    {constructor: 'a'},
    {parserPlugins: []},
    {parserPlugins: ['doExpressions', ['pipelineOperator', {proposal: 'fsharp'}]]},
    {parserPlugins: 'doExpressions'},
    {parserPlugins: ['']},
    {parserPlugins: [5]},
    {parserPlugins: [['flow', 5]]},
    {parserPlugins: {doExpressions: true}},
    {extra: 1},
    [],
    ['root'],
  ])('about %j', (options) => {
    expect(problem(() => validateAgainst(optionsSchema, options, 'Test'))).toBe(
      problem(() => validate(optionsSchema, options, configuration)),
    );
  });

  test('also with a keyword that it does not know', () => {
    const schema = {type: 'object', minProperties: 1} as Schema;

    expect(problem(() => validateAgainst(schema, {}, 'Test'))).toBe(
      problem(() => validate(schema, {}, configuration)),
    );
    expect(problem(() => validateAgainst(schema, {a: 1}, 'Test'))).toBe(null);
  });
});
