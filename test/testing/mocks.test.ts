import {jest} from '@jest/globals';
import {withCallOptions} from '../../src/client/callOptions.ts';
import {createMockCallServer, mockServerFunction} from '../../src/testing/index.ts';

test('a mocked function gives a promise, and does not get the options of its call', async () => {
  const search = jest.fn((words: string) => `about ${words}`);
  const mocked = mockServerFunction(search);
  const {signal} = new AbortController();
  expect(await mocked('milk')).toBe('about milk');
  expect(await withCallOptions({signal}, mocked)('tea')).toBe('about tea');
  expect(search.mock.calls).toEqual([['milk'], ['tea']]);
});

test('a mock that throws at once rejects, as a call does', async () => {
  const mocked = mockServerFunction(() => {
    throw new Error('no');
  });
  await expect(mocked()).rejects.toThrow('no');
});

test('a mocked callServer calls the mock of the id, and names one that is missing', async () => {
  const {callServer, mockServerFunctions} = createMockCallServer({
    'src/actions.js#load': () => ['milk'],
  });
  mockServerFunctions({'src/actions.js#save': async (note: string) => `saved ${note}`});
  expect(await callServer('src/actions.js#load', [])).toEqual(['milk']);
  expect(await callServer('src/actions.js#save', ['tea'])).toBe('saved tea');
  await expect(callServer('src/actions.js#remove', [])).rejects.toThrow(
    'The server function src/actions.js#remove has no mock. Write mockServerFunctions({"src/actions.js#remove": async () => {…}}).',
  );
  await expect(callServer('toString', [])).rejects.toThrow('has no mock');
});

test('mocks are taken away in any order', async () => {
  const {callServer, mockServerFunctions} = createMockCallServer({a: () => 'first'});
  const second = {a: () => 'second'};
  const removeSecond = mockServerFunctions(second);
  const removeAgain = mockServerFunctions(second);
  const removeThird = mockServerFunctions({a: () => 'third'});
  removeSecond();
  expect(await callServer('a', [])).toBe('third');
  removeThird();
  expect(await callServer('a', [])).toBe('second');
  removeAgain();
  expect(await callServer('a', [])).toBe('first');
});
