/** The fields that people write into. */
export function textFields(form: HTMLFormElement): (HTMLInputElement | HTMLTextAreaElement)[] {
  return [
    ...form.querySelectorAll<HTMLInputElement | HTMLTextAreaElement>('textarea, input'),
  ].filter(({type}) => type === 'text' || type === 'textarea');
}

/** Whether the fields still hold what was sent. */
export function holdsWhatWasSent(form: HTMLFormElement, sent: FormData): boolean {
  return textFields(form).every((field) => isAsSent(field, sent));
}

/** Empties the fields, but keeps what was typed since. */
export function clearWhatWasSent(form: HTMLFormElement, sent: FormData): void {
  for (const field of textFields(form)) if (isAsSent(field, sent)) field.value = '';
}

function isAsSent(field: HTMLInputElement | HTMLTextAreaElement, sent: FormData): boolean {
  const text = sent.get(field.name);
  // FormData of some browsers has line ends as they are sent.
  return typeof text === 'string' && text.replaceAll('\r\n', '\n') === field.value;
}
