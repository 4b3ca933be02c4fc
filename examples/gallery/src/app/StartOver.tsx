'use client';
import {CallBoundary} from './CallBoundary.tsx';
import {FormGuard} from './FormGuard.tsx';

export function StartOver({startOver}: {startOver: () => Promise<void>}) {
  return (
    <CallBoundary
      fallback={(_, back) => (
        <button autoFocus className="quiet" onClick={back}>
          Not started over
        </button>
      )}
    >
      <form action={startOver}>
        <button className="quiet">Start over</button>
        <FormGuard />
      </form>
    </CallBoundary>
  );
}
