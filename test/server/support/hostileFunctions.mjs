// Bodies that have a server function where an app expects data: by the grammar of replies.
import {methodNames} from './methodNames.mjs';

/** Rows that describe functions: 1 is the function, 2 holds what it is bound to, which may be function 3. */
const functionRows = ({id, bound, boundId = 'src/passed.mjs#rejects'}) => [
  ['1', JSON.stringify({id, bound: bound ? '$@2' : null})],
  ...(bound ? [['2', JSON.stringify(bound)]] : []),
  ['3', JSON.stringify({id: boundId, bound: null})],
];

/** An object that has the function under every name. */
const hooked = (names) => `{${names.map((name) => `${JSON.stringify(name)}:"$h1"`).join()}}`;

/**
 * Where such an object can stand, as fields of a reply. Streams take no bound functions.
 *
 * @type {Record<string, {fields: (object: string) => [string, string][], takesBound?: boolean}>}
 */
export const places = {
  'an argument': {fields: (object) => [['0', `[${object}]`]]},
  'the function itself': {fields: () => [['0', '["$h1"]']]},
  'a member of an object': {fields: (object) => [['0', `[{"user":{"name":${object}}}]`]]},
  'an element of an array': {fields: (object) => [['0', `[[["text",${object}],["$h1"]]]`]]},
  'a value of a Map': {
    fields: (object) => [
      ['0', '["$Q10"]'],
      ['16', `[["key",${object}],["fn","$h1"]]`],
    ],
  },
  'a key of a Map': {
    fields: (object) => [
      ['0', '["$Q10"]'],
      ['16', `[[${object},"value"],["$h1",1]]`],
    ],
  },
  'an item of a Set': {
    fields: (object) => [
      ['0', '["$W10"]'],
      ['16', `[${object},"$h1"]`],
    ],
  },
  'what an iterator gives': {
    fields: (object) => [
      ['0', '["$i10"]'],
      ['16', `[${object},"$h1"]`],
    ],
  },
  'a promise': {
    fields: (object) => [
      ['0', '["$@10"]'],
      ['16', `{"later":${object}}`],
    ],
  },
  'a promise in a promise': {
    fields: (object) => [
      ['0', '[{"deep":"$@10"}]'],
      ['16', '["$@11"]'],
      ['17', object],
    ],
  },
  'a row that stands elsewhere': {
    fields: (object) => [
      ['0', '["$10:list:0",{"again":"$10"}]'],
      ['16', `{"list":[${object}]}`],
    ],
  },
  'a bound argument': {
    fields: (object) => [
      ['0', '["$h10"]'],
      ['16', '{"id":"src/passed.mjs#gives","bound":"$@11"}'],
      ['17', `[${object}]`],
    ],
  },
  'a piece of a stream': {
    fields: (object) => [
      ['0', '["$R10"]'],
      ['S16', object],
      ['S16', '"$h1"'],
      ['S16', 'C'],
    ],
    takesBound: false,
  },
  'a piece of an iterable': {
    fields: (object) => [
      ['0', '["$X10"]'],
      ['S16', object],
      ['S16', `C${object}`],
    ],
  },
  'a FormData that has its text': {
    fields: (object) => [
      ['0', '["$K10"]'],
      ['_16_name', object],
      ['_16_other', '$h1'],
    ],
  },
};

/**
 * The fields of a body.
 *
 * @param {string} place of {@link places}
 * @param {{id: string, bound?: unknown[], boundId?: string}} passed the function, and `$h3`
 * @param {string[]} names under which the function stands
 */
export const bodyWith = (place, passed, names = methodNames) => [
  ...places[place].fields(hooked(names)),
  ...functionRows(passed),
];

/**
 * The same as a form without JavaScript, whose action is bound to what the arguments of the body are:
 * the state of `useActionState` comes first.
 *
 * @param {string} id of the action
 */
export const formWith = (id, ...body) => [
  ['$ACTION_REF_1', ''],
  ['$ACTION_1:0', JSON.stringify({id, bound: '$@30'})],
  // Row 0 describes the action here, so that the arguments are another one.
  ...bodyWith(...body).map(([name, value]) => [`$ACTION_1:${name === '0' ? 48 : name}`, value]),
  ['$ACTION_KEY', 'kState'],
  ['name', 'Ada'],
];
