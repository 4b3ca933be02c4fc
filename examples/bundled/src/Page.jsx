import {FailureNotice} from './FailureNotice.jsx';
import {GuestBook} from './GuestBook.jsx';
import {guests} from './guests.js';

export function Page() {
  const openedAt = new Date();

  // An inline server function. What it captures, `openedAt`, travels encrypted.
  async function greet() {
    'use server';
    return `Welcome, ${guests.at(-1)}! This page was opened in ${openedAt.getFullYear()}.`;
  }

  return (
    <html lang="en">
      <head>
        <meta charSet="utf-8" />
        <meta name="viewport" content="width=device-width" />
        <title>Guest book</title>
      </head>
      <body>
        <main>
          <h1>Guest book</h1>
          <GuestBook firstGuests={guests} greet={greet} />
          <FailureNotice />
        </main>
      </body>
    </html>
  );
}
