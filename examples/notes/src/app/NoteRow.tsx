// Inline server functions. Each uses variables of the component around it: `note.id` and so on.
// These captures travel through the browser and back as one encrypted token, so that browsers
// cannot read or change them, and only what is used travels.
import {notFound, revalidateTag} from 'use-server-webpack-plugin/server';
import type {FormAnswer} from '../formAnswer.ts';
import {imageError} from '../imageForm.ts';
import {deleteImage, imageType, putImage} from '../images.ts';
import {readNoteForm} from '../noteForm.ts';
import {deleteNote, pinNote, restoreNote, updateNote, type Note} from '../notes.ts';
import {DeleteForm} from './DeleteForm.tsx';
import {EditForm} from './EditForm.tsx';
import {ImageForm} from './ImageForm.tsx';
import {PinForm} from './PinForm.tsx';

const dateFormat = new Intl.DateTimeFormat('en', {dateStyle: 'medium', timeStyle: 'short'});

export function NoteRow({note}: {note: Note}) {
  async function togglePin(): Promise<FormAnswer> {
    'use server';
    const isThere = await pinNote(note.id, !note.pinned);
    revalidateTag('notes');
    if (!isThere) notFound();
    return {done: note.pinned ? 'The note is not pinned any more.' : 'The note was pinned.'};
  }

  async function save(_: FormAnswer, form: FormData): Promise<FormAnswer> {
    'use server';
    const {text, errors} = readNoteForm(form);
    if (errors) return {text, errors};
    // The revision that this page shows: no one overwrites what they have not seen.
    const outcome = await updateNote(note.id, note.revision, text);
    if (outcome === 'deleted') await restoreNote(note.id, text);
    revalidateTag('notes');
    switch (outcome) {
      case 'saved':
        return {done: 'The note was saved.'};
      case 'deleted':
        return {notice: 'This note had been deleted elsewhere. It is back, with your text.'};
      case 'changed':
        return {
          text,
          errors: {
            form: 'This note was changed elsewhere. Save again to put your text in its place.',
          },
        };
    }
  }

  async function attachImage(_: FormAnswer, form: FormData): Promise<FormAnswer> {
    'use server';
    const file = form.get('image');
    const error = imageError(file);
    if (error) return {errors: {image: error}};
    const {name} = file as File;
    const bytes = await (file as File).bytes();
    const type = imageType(bytes);
    if (!type) return {errors: {image: 'Only PNG, JPEG, GIF and WebP images can be shown.'}};
    const isThere = await putImage(note.id, {name, type, bytes});
    revalidateTag('notes');
    if (!isThere) notFound();
    return {done: 'The image was added.'};
  }

  async function removeImage(): Promise<FormAnswer> {
    'use server';
    await deleteImage(note.id);
    revalidateTag('notes');
    return {done: 'The image was removed.'};
  }

  async function remove(): Promise<FormAnswer> {
    'use server';
    await deleteNote(note.id);
    revalidateTag('notes');
    return {done: 'The note was deleted.'};
  }

  const {id, title, body, pinned, image, updatedAt} = note;
  return (
    <article>
      <h3>{title}</h3>
      {body && <p className="note-body">{body}</p>}
      {image && <img className="note-image" src={`/images/${image.id}`} alt={image.name} />}
      <footer>
        <time dateTime={updatedAt.toISOString()}>{dateFormat.format(updatedAt)}</time>
        <PinForm title={title} pinned={pinned} toggle={togglePin} />
        <EditForm id={id} title={title} body={body} save={save} />
        <ImageForm
          title={title}
          hasImage={image !== null}
          attach={attachImage}
          remove={removeImage}
        />
        <DeleteForm title={title} remove={remove} />
      </footer>
    </article>
  );
}
