'use client';
import {useOptimistic} from 'react';
import type {FormFunction} from '../formAnswer.ts';
import {FormError} from './errors.tsx';
import {useServerForm} from './useServerForm.ts';

interface Props {
  title: string;
  pinned: boolean;
  toggle: FormFunction;
}

/** Shows the result before the server has answered; React takes it back when the call fails. */
export function PinForm({title, pinned, toggle}: Props) {
  const [shown, show] = useOptimistic(pinned);
  const {answer, isPending, form} = useServerForm(toggle, {
    pending: pinned ? 'Unpinning' : 'Pinning',
    onSend: () => show(!pinned),
  });
  return (
    <form {...form}>
      <button
        type="submit"
        className="quiet"
        aria-disabled={isPending}
        aria-pressed={shown}
        aria-label={`Pin ${title}`}
      >
        Pin
      </button>
      <FormError text={answer.errors?.form} />
    </form>
  );
}
