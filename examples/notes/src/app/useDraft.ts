import {useEffect, type RefObject} from 'react';
import {textFields} from './fields.ts';

/**
 * Keeps what is being typed into a form, so that it is there again after a reload: of a page of another
 * version, or of a browser that ended.
 *
 * @param ref the form
 * @param name under which the text is kept
 * @param onRestore there was a text
 */
export function useDraft(
  ref: RefObject<HTMLFormElement | null>,
  name: string,
  onRestore?: () => void,
) {
  const key = `draft of ${name}`;

  useEffect(() => {
    const form = ref.current!;
    const keep = () => keepDraft(key, form);
    if (restoreDraft(key, form)) onRestore?.();
    form.addEventListener('input', keep);
    return () => form.removeEventListener('input', keep);
    // Once: what is typed later is newer than the draft.
  }, [key]);

  return {
    /** Call it when the text has been saved. */
    update: () => keepDraft(key, ref.current!),
  };
}

/** Of the fields that hold something else than what the server has. */
function keepDraft(key: string, form: HTMLFormElement): void {
  const changed = textFields(form).filter((field) => field.value !== field.defaultValue);
  withStorage((storage) => {
    if (changed.length === 0) storage.removeItem(key);
    else storage.setItem(key, JSON.stringify(changed.map(({name, value}) => [name, value])));
  });
}

function restoreDraft(key: string, form: HTMLFormElement): boolean {
  const draft = withStorage((storage) => storage.getItem(key));
  const texts = new Map(JSON.parse(draft ?? '[]') as [string, string][]);
  for (const field of textFields(form)) {
    // What was typed before this script ran is newer.
    const isUntouched = field.value === field.defaultValue;
    if (isUntouched) field.value = texts.get(field.name) ?? field.value;
  }
  return texts.size > 0;
}

/** Browsers can be told to keep nothing, and then throw. */
function withStorage<Result>(use: (storage: Storage) => Result): Result | undefined {
  try {
    return use(sessionStorage);
  } catch {
    return undefined;
  }
}
