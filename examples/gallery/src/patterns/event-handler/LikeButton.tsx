'use client';
import {useState} from 'react';
import {incrementLike} from './actions.ts';

export function LikeButton({initialLikes}: {initialLikes: number}) {
  const [likes, setLikes] = useState(initialLikes);
  return (
    <>
      <p>
        Total likes: <output>{likes}</output>
      </p>
      <button
        onClick={async () => {
          setLikes(await incrementLike());
        }}
      >
        Like
      </button>
    </>
  );
}
