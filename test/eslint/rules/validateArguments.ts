import {describe} from '@jest/globals';
import {testRule} from '../support/lint.ts';

/** A server function with one parameter. */
const save = (statements: string, parameter = 'input') =>
  `'use server';\nexport async function save(${parameter}) { ${statements} }`;

export function testValidateArguments(): void {
  testRule('validate-arguments', {
    valid: {
      'a schema that parses': save('await db.save(Note.parse(input));'),
      'a schema that parses and says what is wrong': save(
        'const result = await Note.safeParseAsync(input); if (result.success) await db.save(result.data);',
      ),
      'a function that parses by a schema': save('await db.save(parse(Note, input));'),
      'the interface that schemas share': save(`await Note['~standard'].validate(input);`),
      'a schema that is a function itself': save('const note = Note(input);'),
      'a decoder of a schema': save('const note = Schema.decodeUnknownSync(Note)(input);'),
      'a form that is validated as an object': save(
        'await parse(Note, Object.fromEntries(form));',
        'form',
      ),
      'a form whose fields are validated': save(
        `const title = form.get('title'); await db.save(Title.parse(title));`,
        'form',
      ),
      'an object of arguments': save('await db.save(Both.parse({input}));'),
      'a conversion': save('await db.save(String(input));'),
      'a conversion by an operator': save('await db.save(+input);'),
      'a check of the type': save(
        `if (typeof input !== 'string') throw new TypeError(); await db.save(input);`,
      ),
      'a check of the class': save('if (!(input instanceof File)) return; await db.save(input);'),
      'an assertion': save(`assert(input.length < 10); await db.save(input);`),
      'a check by a method of the language': save(
        'if (!Number.isInteger(input)) return; await db.save(input);',
      ),
      'a list of what is allowed': save(
        'if (!colors.includes(input)) return; await db.save(input);',
      ),
      'a table of what is allowed': save('if (!prices[input]) return; await db.save(input);'),
      'a comparison with a text': save(`if (input === 'open') await db.save(input);`),
      'a comparison with the id of a function': save(
        'if (action.$$id !== archive.$$id) throw new Error(); await action();',
        'action',
      ),
      'a switch': save(`switch (input) { case 'open': await db.save(input); }`),
      'a condition on a part': save('if (!input.trim()) return; await db.save(input);'),
      'a check of each element': save('await db.save(input.map((id) => Number(id)));'),
      'a check of all elements': save(
        'if (!input.every((id) => id > 0)) return; await db.save(input);',
      ),
      'a check in a loop': save('for (const id of input) await db.remove(Number(id));'),
      'a check in a function of the same file': `${save('await db.save(read(input));')}
function read(note) { if (typeof note !== 'string') throw new TypeError(); return note; }`,
      'a parameter without a use': save('await db.save();'),
      'a function that validates around it': `'use server';
export const save = validated([Note], async (note) => { await db.save(note); });`,
      'a function that is not exported': `'use server';\nasync function save(input) { await db.save(input); }`,
      'a function of an ordinary module': `export async function save(input) { await db.save(input); }`,
      'what an inline function captures': `export function Page({id}) {
  return async () => { 'use server'; await db.remove(id); };
}`,
    },
    invalid: {
      'an argument that is used as it is': [save('await db.save(input);'), 'input'],
      'an argument of which only the truth is checked': [
        save('if (!input || input == null) return; await db.save(input);'),
        'input',
      ],
      'a condition on the truth of a part': [
        save('if (!input.title) return; await db.save(input);'),
        'input',
      ],
      'a text that is only parsed as JSON': [save('await db.save(JSON.parse(input));'), 'input'],
      'a text of a query': [save('await db.query(`select ${input}`);'), 'input'],
      'a field of a form': [save(`await db.save(form.get('title'));`, 'form'), 'form'],
      'a check of what was found by it': [
        save(
          'const note = await db.find(input); if (note.owner !== 1) return; await db.remove(note);',
        ),
        'input',
      ],
      'only the argument that is not checked': [
        save('await db.save(Number(id), title);', 'id, title'),
        'title',
      ],
      'names out of a pattern': [
        save('await db.save(Number(id), title, rest);', '{id, title, ...rest}'),
        'title',
        'rest',
      ],
      'a parameter with a default value': [save('await db.list(limit);', 'limit = 10'), 'limit'],
      'a rest parameter': [save('await db.save(...ids);', '...ids'), 'ids'],
      'the previous state of a form': [
        save('return {...state, title: String(form.get("title"))};', 'state, form'),
        'state',
      ],
      'an arrow function, a default export and one that is exported below': [
        `'use server';
export const save = async (a) => db.save(a);
export default async function (b) { await db.save(b); }
async function remove(c) { await db.remove(c); }
export {remove as drop};`,
        'a',
        'b',
        'c',
      ],
      'an inline server function': [
        `export function Page() { return async (title) => { 'use server'; await db.save(title); }; }`,
        'title',
      ],
      'a function of the same file that does not check': [
        `${save('await write(input);')}\nasync function write(note) { await db.save(note); }`,
        'input',
      ],
    },
  });

  describe('with names of validators', () => {
    testRule(
      'validate-arguments',
      {
        valid: {
          'a function of this name': save('const {text} = readNote(input); await db.save(text);'),
          'a method of this name': save(
            'const {text} = notes.readNote(input); await db.save(text);',
          ),
        },
        invalid: {'another function': [save('await db.save(readText(input));'), 'input']},
      },
      {option: {validators: ['readNote']}},
    );
  });

  describe('in TypeScript', () => {
    testRule(
      'validate-arguments',
      {
        valid: {
          'an assertion function': `'use server';
function mustBeNote(x: unknown): asserts x is Note { if (!isNote(x)) throw new TypeError(); }
export async function save(input: unknown) { mustBeNote(input); await db.save(input); }`,
          'a type predicate under any name': `'use server';
declare const x: unknown;
function likeNote(note: any): note is Note { return note.id > 0; }
export async function save(input: any) { if (likeNote(input as object)) await db.save(input!); }`,
        },
        invalid: {
          'an argument whose type says what it should be': [
            save('await db.save(input as Note);', 'input: Note'),
            'input: Note',
          ],
        },
      },
      {filename: '/project/src/actions.ts'},
    );
  });
}
