import {createElement} from 'react';
import {App} from '../app/App.tsx';
import {listNotes} from '../notes.ts';
import type {Payload} from '../payload.ts';

/** What the page of a URL is made of: for HTML, for the browser, and for the answer of a call. */
export function createPage(request: Request, formState: Payload['formState']): Payload {
  const words = new URL(request.url).searchParams.get('q')?.trim() ?? '';
  return {
    root: createElement(App, {plain: isPlain(request), words}),
    formState,
    readAt: listNotes(words).then(
      ({readAt}) => readAt,
      // The page says so itself.
      () => 0,
    ),
  };
}

/** Whether it is for a browser without JavaScript. */
export function isPlain(request: Request): boolean {
  return new URL(request.url).searchParams.has('plain');
}
