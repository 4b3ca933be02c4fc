'use client';
// Finds notes while somebody types. The words stand in the URL too: a form without JavaScript, and every
// call that brings a new page, have them from there.
import {startTransition, Suspense, useEffect, useState, type ReactNode} from 'react';
import {withCallOptions} from 'use-server-webpack-plugin/client';
import {ErrorBoundary} from './ErrorBoundary.tsx';
import {searchNotes} from './searchNotes.tsx';

const PAUSE_MS = 200;

interface Props {
  /** What the page was rendered for. */
  words: string;
  /** Whether it is the page for browsers without JavaScript. */
  plain: boolean;
  /** The notes that the page came with. */
  children: ReactNode;
}

interface Found {
  words: string;
  list: ReactNode;
  /** The notes that the page had then. A newer page is newer than what was found, too. */
  before: ReactNode;
}

export function Search({words: wordsOfPage, plain, children}: Props) {
  const [words, setWords] = useState(wordsOfPage);
  const [latest, setLatest] = useState<Found>();
  const [failed, setFailed] = useState<string>();
  const found = latest?.before === children ? latest : undefined;
  const shownWords = found ? found.words : wordsOfPage;
  const isSearching = words.trim() !== shownWords && failed !== words;

  useEffect(() => {
    if (!isSearching) return showInAddress(words.trim());
    // Whatever is typed next ends this call: an older answer never takes the place of a newer one.
    const controller = new AbortController();
    const search = withCallOptions({signal: controller.signal}, searchNotes);
    const timer = setTimeout(async () => {
      showInAddress(words.trim());
      try {
        const list = await search(words.trim());
        startTransition(() => setLatest({words: words.trim(), list, before: children}));
      } catch {
        if (!controller.signal.aborted) setFailed(words);
      }
    }, PAUSE_MS);
    return () => {
      clearTimeout(timer);
      controller.abort();
    };
  }, [words, children, isSearching]);

  return (
    <>
      <search className="search">
        <form action="/" onSubmit={(event) => event.preventDefault()}>
          {plain && <input type="hidden" name="plain" />}
          <label htmlFor="search">Search</label>
          <input
            id="search"
            type="search"
            name="q"
            value={words}
            onChange={(event) => setWords(event.target.value)}
            autoComplete="off"
          />
          <noscript>
            <button className="quiet">Search</button>
          </noscript>
        </form>
        <p className="search-state" role="status">
          {isSearching && 'Searching …'}
        </p>
        {failed === words && (
          <p className="error">
            The search did not arrive.{' '}
            <button type="button" className="quiet" onClick={() => setFailed(undefined)}>
              Try again
            </button>
          </p>
        )}
      </search>
      <div className="found" aria-busy={isSearching}>
        <ErrorBoundary>
          <Suspense fallback={<p className="loading">Reading your notes</p>}>
            {found ? found.list : children}
          </Suspense>
        </ErrorBoundary>
      </div>
    </>
  );
}

function showInAddress(words: string): void {
  const url = new URL(location.href);
  if (words === (url.searchParams.get('q') ?? '')) return;
  if (words === '') url.searchParams.delete('q');
  else url.searchParams.set('q', words);
  history.replaceState(history.state, '', url);
}
