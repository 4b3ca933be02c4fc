import {cookies} from 'use-server-webpack-plugin/server';
import {FormGuard} from '../../app/FormGuard.tsx';

export default function Page() {
  const visits = cookies().get('visits')?.value;

  async function count() {
    'use server';
    const store = cookies();
    const before = Number(store.get('visits')?.value ?? 0);
    store.set('visits', String(before + 1), {maxAge: 3600});
  }

  async function forget() {
    'use server';
    cookies().delete('visits');
  }

  return (
    <form action={count}>
      <p>
        The cookie says: <output>{visits ?? 'nothing'}</output>
      </p>
      <div className="buttons">
        <button>Count</button>
        <button formAction={forget} className="quiet">
          Forget
        </button>
      </div>
      <FormGuard />
    </form>
  );
}
