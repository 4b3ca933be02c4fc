import {useId, useRef, useState, type ComponentProps} from 'react';
import {LARGEST_RECEIPT} from '../shared/limits.ts';
import type {Mistakes} from './mistakes.ts';

export interface Draft {
  id: string;
  title: string;
  amount: string;
  receipt: File | undefined;
}

/** The id is of what the user means to add: the server adds it once, however often it is sent. */
const emptyDraft = (): Draft => ({
  id: crypto.randomUUID(),
  title: '',
  amount: '',
  receipt: undefined,
});

export function NewExpense({onAdd}: {onAdd: (draft: Draft) => Promise<Mistakes>}) {
  const [draft, setDraft] = useState(emptyDraft);
  const [mistakes, setMistakes] = useState<Mistakes>({});
  const [isPending, setPending] = useState(false);
  const form = useRef<HTMLFormElement>(null);
  const file = useRef<HTMLInputElement>(null);

  async function submit() {
    if (isPending) return;
    setPending(true);
    setMistakes({});
    const found = mistakesOf(draft) ?? (await onAdd(draft));
    setPending(false);
    setMistakes(found);
    const [name] = Object.keys(found);
    if (name) return form.current?.querySelector<HTMLElement>(`[name=${name}]`)?.focus();
    // What was entered meanwhile stays.
    setDraft((now) => without(now, draft));
    if (file.current?.files?.[0] === draft.receipt) file.current!.value = '';
  }

  return (
    <form
      ref={form}
      className="fields"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        void submit();
      }}
    >
      <Field
        label="What for"
        name="title"
        mistakes={mistakes}
        value={draft.title}
        onChange={({target}) => setDraft({...draft, title: target.value})}
        autoComplete="off"
      />
      <Field
        label="Amount in euros"
        name="amount"
        mistakes={mistakes}
        value={draft.amount}
        onChange={({target}) => setDraft({...draft, amount: target.value})}
        inputMode="decimal"
        autoComplete="off"
      />
      <Field
        label="Receipt, up to 1 MB (optional)"
        name="receipt"
        mistakes={mistakes}
        type="file"
        accept="image/png,image/jpeg,application/pdf"
        ref={file}
        onChange={({target}) => setDraft({...draft, receipt: target.files?.[0]})}
      />
      <p className="error" role="alert">
        {mistakes['form']?.[0]}
      </p>
      <button className="primary" aria-disabled={isPending}>
        Add
      </button>
      <p role="status">{isPending && 'Saving'}</p>
    </form>
  );
}

/** What is not worth a call. The server looks at all of it. */
function mistakesOf({receipt}: Draft): Mistakes | undefined {
  if (!receipt || receipt.size <= LARGEST_RECEIPT) return undefined;
  return {receipt: ['A receipt can have up to 1 MB.']};
}

/** The next draft: what was sent is gone, and what was entered since then is not. */
function without(now: Draft, sent: Draft): Draft {
  return {
    ...emptyDraft(),
    title: now.title === sent.title ? '' : now.title,
    amount: now.amount === sent.amount ? '' : now.amount,
    receipt: now.receipt === sent.receipt ? undefined : now.receipt,
  };
}

interface FieldProps extends ComponentProps<'input'> {
  label: string;
  name: string;
  mistakes: Mistakes;
}

function Field({label, name, mistakes, ...props}: FieldProps) {
  const id = useId();
  const mistake = mistakes[name]?.[0];
  return (
    <>
      <label htmlFor={id}>{label}</label>
      <input
        id={id}
        name={name}
        aria-invalid={Boolean(mistake)}
        aria-describedby={`${id}-error`}
        {...props}
      />
      <p id={`${id}-error`} className="error">
        {mistake}
      </p>
    </>
  );
}
