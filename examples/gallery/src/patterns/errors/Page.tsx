import {FormGuard} from '../../app/FormGuard.tsx';
import {ErrorBoundary} from './ErrorBoundary.tsx';
import {Transfer} from './Transfer.tsx';

export default function Page() {
  async function fail() {
    'use server';
    throw new Error('The bank is closed.');
  }

  return (
    <ErrorBoundary>
      <Transfer />
      <form action={fail}>
        <button>Ask the bank</button>
        <FormGuard />
      </form>
    </ErrorBoundary>
  );
}
