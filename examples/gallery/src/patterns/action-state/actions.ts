'use server';
import {readText} from '../../form.ts';
import {sleep} from '../../memory.ts';

export interface State {
  name: string;
  error?: string;
}

export async function updateName(state: State, form: FormData): Promise<State> {
  await sleep(300);
  const name = readText(form, 'name');
  if (!name) return {...state, error: 'Name is required'};
  return {name};
}
