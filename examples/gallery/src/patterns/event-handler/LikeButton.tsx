'use client';
import {useRef, useState} from 'react';
import {incrementLike} from './actions.ts';

export function LikeButton({initialLikes}: {initialLikes: number}) {
  const [likes, setLikes] = useState(initialLikes);
  const latest = useRef(0);

  async function like() {
    const call = ++latest.current;
    const result = await incrementLike();
    // Answers may come in another order than the clicks.
    if (call === latest.current) setLikes(result);
  }

  return (
    <>
      <p>
        Total likes: <output>{likes}</output>
      </p>
      <button onClick={like}>Like</button>
    </>
  );
}
