import type {NoteText} from './noteForm.ts';

/** What every server function of a form answers. */
export interface FormAnswer {
  /** It was done: for people who look, and for those who listen. */
  done?: string;
  /** The same, where people have to know more than that it was done. */
  notice?: string;
  /** What is wrong, by the name of the field; `form` is about all of it. */
  errors?: {title?: string; body?: string; image?: string; form?: string};
  /** What was written, for a page without JavaScript that shows the form again. */
  text?: NoteText;
}

/** A server function for `useActionState`. */
export type FormFunction = (before: FormAnswer, form: FormData) => Promise<FormAnswer>;
