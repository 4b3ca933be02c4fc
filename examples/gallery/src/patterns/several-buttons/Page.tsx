import {revalidatePath} from 'use-server-webpack-plugin/server';
import {FormGuard} from '../../app/FormGuard.tsx';
import {readText} from '../../form.ts';
import {memory} from '../../memory.ts';

const post = memory({title: 'Untitled', state: 'new'});

export default function Editor() {
  async function save(form: FormData) {
    'use server';
    post.title = readText(form, 'title');
    post.state = readText(form, 'as');
    revalidatePath('/several-buttons');
  }

  async function publish(form: FormData) {
    'use server';
    post.title = readText(form, 'title');
    post.state = 'published';
    revalidatePath('/several-buttons');
  }

  async function discard() {
    'use server';
    post.title = 'Untitled';
    post.state = 'discarded';
    revalidatePath('/several-buttons');
  }

  return (
    <>
      <p>
        “{post.title}” is <output>{post.state}</output>
      </p>
      <form action={save}>
        <label>
          Title
          <input name="title" defaultValue={post.title} autoComplete="off" />
        </label>
        <div className="buttons">
          <button name="as" value="draft">
            Save draft
          </button>
          <button formAction={publish}>Publish</button>
          <button formAction={discard} className="quiet">
            Discard
          </button>
        </div>
        <FormGuard />
      </form>
    </>
  );
}
