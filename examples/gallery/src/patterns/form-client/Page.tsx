import {blog} from './blog.ts';
import {PostForm} from './PostForm.tsx';

export default function Page() {
  return (
    <>
      <ul>
        {blog.posts.map(({title, content}, i) => (
          <li key={i}>
            <strong>{title}</strong> {content}
          </li>
        ))}
      </ul>
      <PostForm />
    </>
  );
}
