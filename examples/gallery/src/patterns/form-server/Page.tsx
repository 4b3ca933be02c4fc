import {revalidatePath} from 'use-server-webpack-plugin/server';
import {FormGuard} from '../../app/FormGuard.tsx';
import {readText} from '../../form.ts';
import {memory} from '../../memory.ts';

const db = memory({notes: ['Buy milk']});

export default function Notes() {
  async function addNote(form: FormData) {
    'use server';
    const text = readText(form, 'text');
    if (text) db.notes.push(text);
    revalidatePath('/form-server');
  }

  return (
    <>
      <ul>
        {db.notes.map((note, i) => (
          <li key={i}>{note}</li>
        ))}
      </ul>
      <form action={addNote}>
        <label>
          Note
          <input name="text" autoComplete="off" />
        </label>
        <button>Add</button>
        <FormGuard />
      </form>
    </>
  );
}
