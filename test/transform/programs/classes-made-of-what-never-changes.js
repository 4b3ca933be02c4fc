import {EventEmitter} from 'node:events';
import * as util from 'node:util';
const LIMIT = 4;
let unchanged = 'set once';
class Base {
  who() {
    return 'base';
  }
}
const table = {Base};
function Page({id}) {
  const prefix = `${id}:`;
  class Row extends Base {
    static limit = LIMIT * 2 + 1;
    static ratio = -Math.PI;
    static most = Number.MAX_SAFE_INTEGER;
    static pattern = /^[a-z]+$/i;
    static prefix = prefix;
    static unchanged = unchanged;
    static nothing = undefined;
    static util = util;
    static describe = (row) => `${Row.prefix}${row.who()}`;
    static Cell = class {
      width = LIMIT;
    };
    static of() {
      return new this();
    }
    static get [Symbol.species]() {
      return Row;
    }
    static [Symbol.hasInstance](value) {
      return value.isRow === true;
    }
    isRow = true;
    *[Symbol.iterator]() {
      yield* [this.who(), super.who()];
    }
    get [Symbol.toStringTag]() {
      return 'Row';
    }
    who() {
      return `row of ${super.who()}`;
    }
  }
  class Bus extends EventEmitter {}
  class Text extends util.TextDecoder {}
  class Names extends Map {}
  class Other extends table.Base {}
  class Inner extends class {
    deep = id;
  } {}
  class Missing extends Error {
    name = 'Missing';
  }
  const check = (name) => {
    if (!name) throw new Missing(prefix);
  };
  return async (name) => {
    'use server';
    try {
      check(name);
    } catch (error) {
      return [error instanceof Missing, error.name, error.message];
    }
    return [
      Row.limit,
      Row.ratio,
      Row.most,
      Row.pattern.test(name),
      Row.prefix,
      Row.unchanged,
      Row.nothing,
      typeof Row.util.inspect,
      Row.describe(Row.of()),
      new Row.Cell().width,
      [...new Row()],
      String(new Row()),
      {isRow: true} instanceof Row,
      Row[Symbol.species] === Row,
      new Bus().listenerCount('x'),
      new Text().encoding,
      new Names([[1, 2]]).size,
      new Other().who(),
      new Inner().deep,
    ];
  };
}
export async function scenario(call) {
  const page = Page({id: 'a'});
  return [await call(page, 'abc'), await call(page, '')];
}
