/** What is wrong with a field, beside it. Screen readers read it with the field, which gets the focus. */
export function FieldError({of, text}: {of: string; text: string | undefined}) {
  if (text === undefined) return null;
  return (
    <p id={`${of}error`} className="error">
      {text}
    </p>
  );
}

/** Props of the field itself. */
export function errorProps(id: string, text: string | undefined) {
  if (text === undefined) return {};
  // The focus is for a page without JavaScript: with it the form moves the focus.
  return {'aria-invalid': true, 'aria-describedby': `${id}error`, autoFocus: true};
}

/** What is wrong with all of a form. The page's live region tells it. */
export function FormError({text}: {text: string | undefined}) {
  return text === undefined ? null : <p className="error">{text}</p>;
}
