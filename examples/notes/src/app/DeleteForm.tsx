'use client';
import type {FormFunction} from '../formAnswer.ts';
import {FormError} from './errors.tsx';
import {SubmitButton} from './SubmitButton.tsx';
import {useServerForm} from './useServerForm.ts';

interface Props {
  title: string;
  remove: FormFunction;
}

export function DeleteForm({title, remove}: Props) {
  const {answer, isPending, form} = useServerForm(remove, {pending: 'Deleting'});
  return (
    <form {...form}>
      <SubmitButton className="quiet danger" isPending={isPending} label={`Delete ${title}`}>
        {isPending ? 'Deleting' : 'Delete'}
      </SubmitButton>
      <FormError text={answer.errors?.form} />
    </form>
  );
}
