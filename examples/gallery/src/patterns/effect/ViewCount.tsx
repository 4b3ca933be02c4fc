'use client';
import {useEffect, useState, useTransition} from 'react';
import {withCallOptions} from 'use-server-webpack-plugin/client';
import {incrementViews} from './actions.ts';

export function ViewCount() {
  const [views, setViews] = useState<number>();
  const [isPending, startTransition] = useTransition();

  useEffect(() => {
    const controller = new AbortController();
    const {signal} = controller;
    startTransition(async () => {
      try {
        const updatedViews = await withCallOptions({signal}, incrementViews)();
        startTransition(() => setViews(updatedViews));
      } catch (error) {
        if (!signal.aborted) throw error;
      }
    });
    // Nobody waits for the answer any more, and an old one must not win over a new one.
    return () => controller.abort();
  }, []);

  return (
    <p aria-busy={isPending}>
      Total views: <output>{views ?? (isPending ? 'counting' : 'not counted')}</output>
    </p>
  );
}
