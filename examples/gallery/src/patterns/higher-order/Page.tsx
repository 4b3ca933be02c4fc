import {memory} from '../../memory.ts';
import {LikeButton} from './LikeButton.tsx';

const post = memory({likes: 7});

export default function Page() {
  async function like() {
    'use server';
    return ++post.likes;
  }

  return <LikeButton action={like} initial={post.likes} />;
}
