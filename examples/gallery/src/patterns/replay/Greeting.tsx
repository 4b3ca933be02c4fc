'use client';
import {useState} from 'react';
import {FormGuard} from '../../app/FormGuard.tsx';
import {readText} from '../../form.ts';
import {greet} from './actions.ts';

export function Greeting() {
  const [greeting, setGreeting] = useState('');

  async function submit(form: FormData) {
    setGreeting(await greet(readText(form, 'name')));
  }

  return (
    <form action={submit}>
      <label>
        Name
        <input name="name" autoComplete="off" />
      </label>
      <button>Greet me</button>
      <FormGuard />
      {greeting && <p role="status">{greeting}</p>}
    </form>
  );
}
