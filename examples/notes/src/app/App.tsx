// A Server Component: runs on the server only, and may read whatever the server can read.
import {Suspense} from 'react';
import {databaseVersion} from '../notes.ts';
import {assetPath} from '../server/assets.ts';
import {ErrorBoundary} from './ErrorBoundary.tsx';
import {NoteForm} from './NoteForm.tsx';
import {NoteList} from './NoteList.tsx';

const icon =
  "data:image/svg+xml,<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 16 16'><rect width='16' height='16' rx='4' fill='%23b4552d'/><path d='M4 5h8M4 8h8M4 11h5' stroke='white' stroke-width='1.5' stroke-linecap='round'/></svg>";

interface Props {
  /** The page as one piece, for browsers without JavaScript: what streams in late needs a script. */
  plain: boolean;
}

export function App({plain}: Props) {
  return (
    <html lang="en">
      <head>
        <meta charSet="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <title>Notes</title>
        <link rel="icon" href={icon} />
        {!plain && (
          <noscript>
            <meta httpEquiv="refresh" content="0; url=?plain" />
          </noscript>
        )}
        <link rel="stylesheet" href={assetPath('client.css')} precedence="default" />
      </head>
      <body>
        <header className="site-header">
          <h1>Notes</h1>
          <p>Server Components, server functions, PostgreSQL.</p>
        </header>
        <main>
          <ErrorBoundary>
            <NoteForm />
          </ErrorBoundary>
          <Suspense fallback={<NotesLoading />}>
            <NoteList />
          </Suspense>
        </main>
        <footer className="site-footer">
          <Suspense fallback="Asking the database">
            <DatabaseVersion />
          </Suspense>
        </footer>
      </body>
    </html>
  );
}

// The page is sent at once with this in place of the list; the list follows in the same response.
function NotesLoading() {
  return (
    <div className="notes-loading" role="status">
      Reading your notes
    </div>
  );
}

async function DatabaseVersion() {
  try {
    return `Kept in ${await databaseVersion()}`;
  } catch {
    return 'No database';
  }
}
