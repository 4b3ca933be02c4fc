'use client';
import {useEffect, useLayoutEffect, useRef, useState} from 'react';
import {useFormStatus} from 'react-dom';

/**
 * For any form whose action is a server function. While the call is pending the form is not sent a second time, by
 * Enter or by a click; what somebody types meanwhile stays when React resets the form; and the state is told, also
 * to those who do not see it.
 */
export function FormGuard() {
  const {pending} = useFormStatus();
  const [wasPending, setWasPending] = useState(false);
  if (pending && !wasPending) setWasPending(true);
  const status = useRef<HTMLSpanElement>(null);
  const isPending = useRef(false);
  useLayoutEffect(() => {
    isPending.current = pending;
  });
  useEffect(() => guard(status.current!.closest('form')!, isPending), []);
  return (
    <span ref={status} role="status" className="form-status" data-pending={pending || undefined}>
      {pending ? 'Sending' : wasPending && 'Sent'}
    </span>
  );
}

function guard(form: HTMLFormElement, isPending: {current: boolean}): () => void {
  const controller = new AbortController();
  const {signal} = controller;
  let sent: string | undefined;
  const submit = (event: Event) => {
    if (isPending.current) {
      event.preventDefault();
      event.stopPropagation();
    } else {
      sent = contentOf(form);
    }
  };
  const reset = (event: Event) => {
    if (sent !== undefined && sent !== contentOf(form)) event.preventDefault();
    sent = undefined;
  };
  form.addEventListener('submit', submit, {signal});
  form.addEventListener('reset', reset, {signal});
  return () => controller.abort();
}

function contentOf(form: HTMLFormElement): string {
  const values = [...new FormData(form)].map(([name, value]) =>
    typeof value === 'string' ? [name, value] : [name, value.name, value.size],
  );
  return JSON.stringify(values);
}
