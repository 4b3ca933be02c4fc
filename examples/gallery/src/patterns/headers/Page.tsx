import {headers} from 'use-server-webpack-plugin/server';
import {AskButton} from './AskButton.tsx';

export default function Page() {
  async function ask() {
    'use server';
    return `The call came from ${headers().get('origin')}.`;
  }

  return (
    <>
      <p>
        Your browser asks for <output>{headers().get('accept-language') ?? 'any language'}</output>
      </p>
      <AskButton ask={ask} />
    </>
  );
}
