'use client';
import {useFormStatus} from 'react-dom';
import {readText} from '../../form.ts';

export function SendButton() {
  const {pending, data} = useFormStatus();
  return (
    <button disabled={pending}>{pending ? `Sending to ${readText(data, 'to')}` : 'Send'}</button>
  );
}
