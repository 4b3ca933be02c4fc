'use client';
import {useEffect, useState, useTransition} from 'react';
import {incrementViews} from './actions.ts';

export function ViewCount() {
  const [views, setViews] = useState<number>();
  const [isPending, startTransition] = useTransition();

  useEffect(() => {
    startTransition(async () => {
      const updatedViews = await incrementViews();
      startTransition(() => setViews(updatedViews));
    });
  }, []);

  return (
    <p aria-busy={isPending}>
      Total views: <output>{views ?? 'not counted'}</output>
    </p>
  );
}
