'use server';
import type {ReactNode} from 'react';

// On the server `content` is a stand-in that cannot be looked into, only passed on.
export async function frame(content: ReactNode, title: string) {
  return (
    <fieldset>
      <legend>{title}, framed by the server</legend>
      <div>{content}</div>
    </fieldset>
  );
}
