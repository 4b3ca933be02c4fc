'use client';
import {Suspense, use, useState} from 'react';
import {search, type Answer} from './actions.ts';

export function Search() {
  const [answer, setAnswer] = useState<Answer>();
  return (
    <>
      <button onClick={async () => setAnswer(await search('webpack'))}>Search</button>
      {answer && (
        <section aria-live="polite">
          <h3>{answer.title}</h3>
          <Suspense fallback={<p>Looking further</p>}>
            <Body text={answer.body} />
          </Suspense>
        </section>
      )}
    </>
  );
}

function Body({text}: {text: Promise<string>}) {
  return <p>{use(text)}</p>;
}
