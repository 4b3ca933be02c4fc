'use client';
import {useState, useTransition, type ComponentType} from 'react';

type Action<Result> = () => Promise<Result>;

/** Gives `Inner` the latest result of `action`, whether it is pending, and a way to run it. */
export function withPending<Result>(
  Inner: ComponentType<{run: () => void; value: Result; isPending: boolean}>,
) {
  return function WithPending({action, initial}: {action: Action<Result>; initial: Result}) {
    const [value, setValue] = useState(initial);
    const [isPending, startTransition] = useTransition();
    const run = () => {
      if (isPending) return;
      startTransition(async () => {
        const result = await action();
        startTransition(() => setValue(() => result));
      });
    };
    return <Inner run={run} value={value} isPending={isPending} />;
  };
}
