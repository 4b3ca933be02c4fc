import {FormGuard} from '../../app/FormGuard.tsx';
import {blog} from './blog.ts';
import {CreateButton} from './CreateButton.tsx';

export default function Page() {
  return (
    <>
      <ul>
        {blog.posts.map((title, i) => (
          <li key={i}>{title}</li>
        ))}
      </ul>
      <form>
        <label>
          Title
          <input name="title" required autoComplete="off" />
        </label>
        <CreateButton />
        <FormGuard />
      </form>
    </>
  );
}
