'use client';
import {failures} from '../browser/failures.ts';
import {useStore} from '../browser/store.ts';

/** The calls that did not arrive. They wait, and so does what was typed for them. */
export function FailureNotice() {
  const waiting = useStore(failures);
  const [first] = waiting;
  if (!first) return null;
  return (
    <section className="failure" role="alert" aria-label="Not sent">
      <p>{first.text}</p>
      <button
        type="button"
        className="primary"
        onClick={() => waiting.forEach((call) => call.tryAgain())}
      >
        Try again
      </button>
      <button
        type="button"
        className="quiet"
        onClick={() => waiting.forEach((call) => call.giveUp())}
      >
        Give up
      </button>
    </section>
  );
}
