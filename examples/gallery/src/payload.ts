import type {ReactNode} from 'react';
import type {ReactFormState} from 'react-dom/client';

/** What the server sends for a page: as a stream of React's own format, "Flight". */
export interface Payload {
  root: ReactNode;
  /** The result of a form that was posted without JavaScript: for the `useActionState` of that form. */
  formState: ReactFormState | null;
}
