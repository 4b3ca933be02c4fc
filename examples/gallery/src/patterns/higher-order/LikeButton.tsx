'use client';
import {withPending} from './withPending.tsx';

export const LikeButton = withPending<number>(({run, value, isPending}) => (
  <>
    <p>
      Likes: <output>{value}</output>
    </p>
    <button onClick={run} aria-disabled={isPending}>
      {isPending ? 'Liking' : 'Like'}
    </button>
  </>
));
