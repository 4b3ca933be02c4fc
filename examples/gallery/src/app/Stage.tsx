'use client';
import {useRef, type ReactNode} from 'react';
import {CallBoundary} from './CallBoundary.tsx';
import {describeFailure} from './describeFailure.ts';

/** Where a demo runs. A call that was given up ends here, in the place of the demo, and not on a blank page. */
export function Stage({children}: {children: ReactNode}) {
  const stage = useRef<HTMLDivElement>(null);
  return (
    <div className="stage" ref={stage}>
      <CallBoundary
        fallback={(error, back) => (
          <div role="alert">
            <p>{describeFailure(error).title} What you typed is kept.</p>
            <button autoFocus onClick={back}>
              Back
            </button>
          </div>
        )}
        onBack={() =>
          stage.current
            ?.querySelector<HTMLElement>('input:not([type=radio], [type=hidden]), button')
            ?.focus()
        }
      >
        {children}
      </CallBoundary>
    </div>
  );
}
