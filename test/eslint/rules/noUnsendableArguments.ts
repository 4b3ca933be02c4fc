import {join} from 'node:path';
import {testRule} from '../support/lint.ts';
import {writeProject} from '../support/project.ts';

const cwd = writeProject('arguments', {
  'src/actions.js': `'use server';\nexport async function save() {}\nexport async function list() {}`,
  'src/helpers.js': `export async function save() {}`,
});

const code = (text: string) =>
  `import {list, save} from './actions.js';\nimport {save as saveHere} from './helpers.js';\n${text}`;
const jsx = (element: string) => code(`export const Form = () => ${element};`);

export function testNoUnsendableArguments(): void {
  testRule(
    'no-unsendable-arguments',
    {
      valid: {
        'a function that calls it': jsx('<button onClick={() => save()} />'),
        'a function that passes a part of the event': jsx(
          '<input onChange={(event) => save(event.target.value)} />',
        ),
        'a function that passes the form': jsx(
          '<form onSubmit={(event) => save(new FormData(event.currentTarget))} />',
        ),
        'an action of a form or of a button': jsx(
          '<form action={save}><button formAction={save.bind(null, 1)} /></form>',
        ),
        'a handler of a component, which may pass anything': jsx('<NoteForm onSave={save} />'),
        'a function of a module without the directive': jsx(
          '<button onClick={saveHere} onBlur={(event) => saveHere(event)} />',
        ),
        'an event that another function gets': jsx(
          '<button onClick={(event) => { log(event); save(); }} />',
        ),
        'a parameter that hides the event': jsx(
          '<button onClick={(event) => events.map((event) => save(event))} />',
        ),
        'a query that calls it': code('useQuery({queryKey: [1], queryFn: () => list()})'),
        'a fetcher of SWR, which gets the key': code('useSWR("notes", list)'),
        'a method of the same name on another object': code(
          'const task = {loader: list, action: save};',
        ),
        'an effect': code('useEffect(() => { save(); }, []);'),
      },
      invalid: {
        'the handler of an event': [jsx('<button onClick={save} />'), 'save'],
        'the handler of an event with bound arguments': [
          jsx('<button onClick={save.bind(null, 1)} />'),
          'save.bind(null, 1)',
        ],
        'a listener': [code(`button.addEventListener('click', save);`), 'save'],
        'an event that a handler passes on': [
          jsx('<button onClick={(event) => save(event)} />'),
          'event',
        ],
        'an element that an event names': [
          jsx(
            '<form onSubmit={async (e) => { e.preventDefault(); await save(e.currentTarget); }} />',
          ),
          'e.currentTarget',
        ],
        'an event in a handler that stands elsewhere': [
          code(
            `function handle(event) { save(1, event); } const Form = () => <form onSubmit={handle} />;`,
          ),
          'event',
        ],
        'the submit handler of react-hook-form, which gets the event too': [
          jsx('<form onSubmit={handleSubmit(save)} />'),
          'save',
        ],
        'functions of a query': [
          code('useQuery({queryKey: [1], queryFn: list}); useMutation({mutationFn: save});'),
          'list',
          'save',
        ],
        'functions of a route': [
          code(
            `createBrowserRouter([{path: '/', loader: list, children: [{path: 'a', action: save}]}]);`,
          ),
          'list',
          'save',
        ],
        'functions of a route in JSX': [
          jsx('<Route path="/" loader={list} action={save} />'),
          'list',
          'save',
        ],
      },
    },
    {cwd, filename: join(cwd, 'src/Form.jsx')},
  );
}
