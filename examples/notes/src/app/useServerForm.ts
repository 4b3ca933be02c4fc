import {startTransition, useActionState, useEffect, useRef, type SubmitEvent} from 'react';
import {ServerFunctionNotFoundError} from 'use-server-webpack-plugin/client';
import {explain} from '../browser/explain.ts';
import {refreshPage} from '../browser/pages.ts';
import {announce} from '../browser/status.ts';
import type {FormAnswer, FormFunction} from '../formAnswer.ts';

interface Options {
  /** What is being done, for people who look, and for those who listen. */
  pending: string;
  /** What the browser itself finds wrong: then nothing is sent. */
  check?: (form: FormData) => FormAnswer['errors'];
  /** Calls the server function in a way of its own, such as with progress. */
  send?: FormFunction;
  /** For optimistic state. */
  onSend?: () => void;
  /** It was done. The fields hold what was sent, or what was typed since. */
  onDone?: (form: HTMLFormElement, sent: FormData) => void;
}

/**
 * The form of a server function, for people who are impatient and unlucky. It is sent once, however often
 * Enter and the button are pressed. What is typed stays until it has arrived, and what is typed meanwhile
 * after that. What is wrong stands in the answer, also when no answer came, and its field gets the focus.
 *
 * Without JavaScript the browser posts the form to the same function by itself.
 */
export function useServerForm(serverFunction: FormFunction, options: Options) {
  const {pending, check, send = serverFunction, onSend, onDone} = options;
  const ref = useRef<HTMLFormElement>(null);
  const sent = useRef<FormData>(undefined);
  // HTML is made with the function itself, which React writes into the form.
  const isHtml = typeof document === 'undefined';
  const [answer, action, isPending] = useActionState(isHtml ? serverFunction : call, {});

  async function call(before: FormAnswer, form: FormData): Promise<FormAnswer> {
    const found = check?.(form);
    if (found) return {errors: found};
    announce(`${pending} …`);
    // What it throws is told here, and not by an error boundary, which would take the fields away.
    const {done, notice, errors} = await send(before, form).catch(failed);
    // Here and not in an effect: a note that was deleted has none. Errors of a field are told by the field.
    announce(done ?? notice ?? errors?.form ?? '');
    // Without the text: the fields have it, and perhaps more by now.
    return {done, notice, errors};
  }

  function onSubmit(event: SubmitEvent<HTMLFormElement>): void {
    // In place of React's own way, which resets the fields when the call has ended.
    event.preventDefault();
    if (isPending) return;
    const form = new FormData(event.currentTarget);
    sent.current = form;
    startTransition(() => {
      onSend?.();
      action(form);
    });
  }

  useEffect(() => {
    const form = ref.current;
    if (!form || !sent.current) return;
    if (answer.errors) focusFirstError(form);
    else onDone?.(form, sent.current);
    sent.current = undefined;
    // Once for each answer.
  }, [answer]);

  return {answer, isPending, form: {ref, action, onSubmit}};
}

function failed(error: unknown): FormAnswer {
  // The note was deleted elsewhere, and this answer brings no page.
  if (error instanceof ServerFunctionNotFoundError) refreshPage();
  return {errors: {form: explain(error)}};
}

function focusFirstError(form: HTMLFormElement): void {
  form.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
}
