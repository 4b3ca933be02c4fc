'use client';
import {useFormStatus} from 'react-dom';
import {readText} from '../../form.ts';

export function SendButton() {
  const {pending, data} = useFormStatus();
  return (
    // Not "disabled", with which it would lose the focus. That it sends once is up to the guard of the form.
    <button aria-disabled={pending}>
      {pending ? `Sending to ${readText(data, 'to')}` : 'Send'}
    </button>
  );
}
