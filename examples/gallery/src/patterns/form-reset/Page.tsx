import {revalidatePath} from 'use-server-webpack-plugin/server';
import {FormGuard} from '../../app/FormGuard.tsx';
import {readText} from '../../form.ts';
import {memory} from '../../memory.ts';

const letterbox = memory({last: 'nothing'});

export default function Page() {
  async function post(form: FormData) {
    'use server';
    letterbox.last = `${readText(form, 'text')}, ${readText(form, 'size')}`;
    revalidatePath('/form-reset');
  }

  return (
    <>
      <p>
        In the box: <output>{letterbox.last}</output>
      </p>
      <form action={post}>
        <label>
          Text
          <input name="text" autoComplete="off" />
        </label>
        <label>
          Size
          <select name="size" defaultValue="letter">
            <option>card</option>
            <option>letter</option>
            <option>parcel</option>
          </select>
        </label>
        <button>Post</button>
        <FormGuard />
      </form>
    </>
  );
}
