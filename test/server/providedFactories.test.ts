import {
  provideFactory,
  provideOriginal,
  providedFactory,
} from '../../src/server/captures/providedFactories.ts';

const copyNamed = (id: string) => Object.assign(async () => {}, {$$id: id});

test('a function that is made once is what a request calls', () => {
  const copy = copyNamed('a.js#save');
  const save = async () => {};
  expect(provideOriginal(copy, save)).toBe(save);
  expect(providedFactory(copy)()).toBe(save);
});

test('so is a method in the object that holds it, under any key', () => {
  for (const key of ['save', Symbol('save')]) {
    const copy = copyNamed('a.js#save');
    const holder = {async [key]() {}};
    expect(provideOriginal(copy, holder)).toBe(holder);
    expect(providedFactory(copy)()).toBe(holder[key as string]);
  }
});

test('a factory gets the captures', () => {
  const copy = copyNamed('a.js#save');
  provideFactory(copy, (a: number, b: number) => async () => a + b);
  return expect(providedFactory(copy)(1, 2)()).resolves.toBe(3);
});

test('a call of a function whose code has not run says so', () => {
  expect(() => providedFactory(copyNamed('a.js#save'))()).toThrow(
    /^The server function a\.js#save stands in code that has not run in this process.*Move it/,
  );
});

test('a call of a function whose code has run twice is refused: two variables could be meant', () => {
  const copy = copyNamed('a.js#save');
  provideOriginal(copy, async () => 1);
  provideOriginal(copy, async () => 2);
  expect(() => providedFactory(copy)()).toThrow(/a\.js#save .*has run again.*Move these variables/);
});
