'use client';
import {FormGuard} from '../../app/FormGuard.tsx';
import {rename} from './actions.ts';

export function RenameForm({id, name}: {id: number; name: string}) {
  return (
    <form action={rename.bind(null, id)} className="row">
      <label>
        Name of {id}
        <input name="name" defaultValue={name} autoComplete="off" />
      </label>
      <button>Rename {id}</button>
      <FormGuard />
    </form>
  );
}
