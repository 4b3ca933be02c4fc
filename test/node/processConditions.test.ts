import {processConditions} from '../../src/node/processConditions.ts';

it('conditions are read from the flags of Node in all their spellings', () => {
  const flags = [
    '--conditions',
    'a',
    '--import',
    'b',
    '-C',
    'c',
    '--conditions=d',
    '--conditionsx=e',
  ];
  expect(processConditions(flags, '')).toEqual(['a', 'c', 'd']);
  expect(processConditions([], '')).toEqual([]);
});

it('conditions are read from NODE_OPTIONS, with quotation marks', () => {
  expect(processConditions(['-C', 'c'], '--import "./a b.js" --conditions="a" -C b')).toEqual([
    'a',
    'b',
    'c',
  ]);
});
