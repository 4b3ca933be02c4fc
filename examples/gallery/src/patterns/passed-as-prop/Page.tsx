import {revalidatePath} from 'use-server-webpack-plugin/server';
import {memory} from '../../memory.ts';
import {CreateButton} from './CreateButton.tsx';

const notebook = memory({notes: 0});

export default function EmptyNote() {
  async function createNote() {
    'use server';
    notebook.notes++;
    revalidatePath('/passed-as-prop');
  }

  return (
    <>
      <p>
        Empty notes: <output>{notebook.notes}</output>
      </p>
      <CreateButton onClick={createNote} />
    </>
  );
}
