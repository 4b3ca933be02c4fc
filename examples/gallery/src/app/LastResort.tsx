'use client';
import type {ReactNode} from 'react';
import {CallBoundary} from './CallBoundary.tsx';
import {describeFailure} from './describeFailure.ts';

/**
 * Around the whole page. What fails outside of a boundary of its own would leave a blank page: React takes away
 * all that it has rendered.
 */
export function LastResort({children}: {children: ReactNode}) {
  return (
    <CallBoundary
      fallback={(error, back) => (
        <html lang="en">
          <head>
            <title>That did not work</title>
            <meta name="viewport" content="width=device-width, initial-scale=1" />
            <link rel="stylesheet" href="/assets/client.css" precedence="default" />
          </head>
          <body>
            <main className="error-page">
              <h1>That did not work</h1>
              <p role="alert">{describeFailure(error).title}</p>
              <p>
                <button autoFocus onClick={back}>
                  Back to the page
                </button>
              </p>
            </main>
          </body>
        </html>
      )}
    >
      {children}
    </CallBoundary>
  );
}
