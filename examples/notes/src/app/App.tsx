// A Server Component: runs on the server only, and may read whatever the server can read.
import {randomUUID} from 'node:crypto';
import {assetPath} from '../server/assets.ts';
import {FailureNotice} from './FailureNotice.tsx';
import {HowItWorks} from './HowItWorks.tsx';
import {NoteForm} from './NoteForm.tsx';
import {NoteList} from './NoteList.tsx';
import {Search} from './Search.tsx';
import {StatusLine} from './StatusLine.tsx';

const icon =
  "data:image/svg+xml,<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 16 16'><rect width='16' height='16' rx='4' fill='%23b4552d'/><path d='M4 5h8M4 8h8M4 11h5' stroke='white' stroke-width='1.5' stroke-linecap='round'/></svg>";

interface Props {
  /** The page as one piece, for browsers without JavaScript: what streams in late needs a script. */
  plain: boolean;
  /** What is searched for. */
  words: string;
}

export function App({plain, words}: Props) {
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
            <meta httpEquiv="refresh" content={`0; url=${plainUrl(words)}`} />
          </noscript>
        )}
        <link rel="stylesheet" href={assetPath('client.css')} precedence="default" />
      </head>
      <body>
        <header className="site-header">
          <h1>Notes</h1>
          <p>
            Every button here calls a function on the server, and <strong>0 bytes</strong> of that
            code are in this page.
          </p>
        </header>
        <main>
          <NoteForm newId={randomUUID()} />
          <div className="list">
            <Search words={words} plain={plain}>
              <NoteList words={words} />
            </Search>
          </div>
          <HowItWorks />
        </main>
        <FailureNotice />
        <StatusLine />
      </body>
    </html>
  );
}

function plainUrl(words: string): string {
  return words === '' ? '?plain' : `?plain&q=${encodeURIComponent(words)}`;
}
