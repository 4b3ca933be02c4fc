import {LikeButton} from './LikeButton.tsx';
import {post} from './post.ts';

export default function Page() {
  return <LikeButton initialLikes={post.likes} />;
}
