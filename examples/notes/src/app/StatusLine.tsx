'use client';
import {useStore} from '../browser/store.ts';
import {status} from '../browser/status.ts';

/** The one live region of the page: it tells what is being done, and what was done. */
export function StatusLine() {
  const {text, number} = useStore(status);
  return (
    <p className="status" role="status">
      {text && <span key={number}>{text}</span>}
    </p>
  );
}
