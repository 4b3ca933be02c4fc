'use client';
// Gets its server function, with its captures, as a prop from a Server Component.
import {useEffect, useRef, useState} from 'react';
import type {FormFunction} from '../formAnswer.ts';
import {useEditing} from './editing.ts';
import {holdsWhatWasSent} from './fields.ts';
import {NoteFields} from './NoteFields.tsx';
import {SubmitButton} from './SubmitButton.tsx';
import {useDraft} from './useDraft.ts';
import {useServerForm} from './useServerForm.ts';

interface Props {
  id: string;
  title: string;
  body: string;
  save: FormFunction;
}

export function EditForm({id, title, body, save}: Props) {
  const summary = useRef<HTMLElement>(null);
  const {answer, isPending, form} = useServerForm(save, {
    pending: 'Saving',
    onDone(element, sent) {
      if (holdsWhatWasSent(element, sent)) {
        element.reset();
        setOpen(false);
        summary.current?.focus();
      }
      draft.update();
    },
  });
  const draft = useDraft(form.ref, `note ${id}`, () => setOpen(true));
  const {errors, notice, text = {title, body}} = answer;
  // <details> opens without JavaScript; after an error that came that way it has to stand open.
  const [isOpen, setOpen] = useState(errors !== undefined);
  const setEditing = useEditing();
  useEffect(() => setEditing(id, isOpen), [id, isOpen, setEditing]);
  return (
    <>
      {notice && <p className="notice">{notice}</p>}
      <details
        className="panel"
        open={isOpen}
        onToggle={(event) => setOpen(event.currentTarget.open)}
      >
        <summary ref={summary} aria-label={`Edit ${title}`}>
          Edit
        </summary>
        <form {...form} aria-label={`Edit ${title}`}>
          <NoteFields text={text} errors={errors} />
          <SubmitButton className="primary" isPending={isPending}>
            {isPending ? 'Saving' : 'Save'}
          </SubmitButton>
        </form>
      </details>
    </>
  );
}
