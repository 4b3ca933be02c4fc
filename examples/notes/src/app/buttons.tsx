'use client';
import type {ReactNode} from 'react';
import {useFormStatus} from 'react-dom';

interface SubmitProps {
  className: string;
  children: ReactNode;
  /** What the button says while the server function runs. */
  pending: string;
  /** What screen readers say, where the text alone would not tell buttons apart. */
  label?: string;
}

export function SubmitButton({className, children, pending, label}: SubmitProps) {
  const status = useFormStatus();
  return (
    <button
      type="submit"
      className={className}
      disabled={status.pending}
      aria-busy={status.pending}
      aria-label={label}
    >
      {status.pending ? pending : children}
    </button>
  );
}

/** Shows the result before the server has answered; React takes it back when the call fails. */
export function PinButton({pinned, title}: {pinned: boolean; title: string}) {
  const {pending} = useFormStatus();
  const shown = pending ? !pinned : pinned;
  return (
    <button
      type="submit"
      className="quiet"
      aria-busy={pending}
      aria-pressed={shown}
      aria-label={`Pin ${title}`}
    >
      {shown ? 'Pinned' : 'Pin'}
    </button>
  );
}
