'use client';
// A client component that uses an imported server function. React sends the form as a function call
// when JavaScript runs, and the browser posts it by itself when it does not: same function, same
// result.
import {createNote} from '../actions.ts';
import {clearWhatWasSent} from './fields.ts';
import {NoteFields} from './NoteFields.tsx';
import {SubmitButton} from './SubmitButton.tsx';
import {useDraft} from './useDraft.ts';
import {useServerForm} from './useServerForm.ts';

const empty = {title: '', body: ''};

/** @param newId of the note: the server makes one for each page, so that a form which arrives twice is one note */
export function NoteForm({newId}: {newId: string}) {
  const {answer, isPending, form} = useServerForm(createNote, {
    pending: 'Adding',
    onDone(element, sent) {
      clearWhatWasSent(element, sent);
      draft.update();
    },
  });
  const draft = useDraft(form.ref, 'a new note');
  return (
    <form {...form} className="card new-note" aria-labelledby="new-note">
      <h2 id="new-note">New note</h2>
      <input type="hidden" name="id" value={newId} />
      <NoteFields text={answer.text ?? empty} errors={answer.errors} />
      <SubmitButton className="primary" isPending={isPending}>
        {isPending ? 'Adding' : 'Add note'}
      </SubmitButton>
    </form>
  );
}
