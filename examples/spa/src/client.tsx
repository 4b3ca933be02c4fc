import {Suspense, use, useState} from 'react';
import {createRoot} from 'react-dom/client';
import {openApp, type OpenedApp} from '../server/functions/session.ts';
import {Boundary} from './Boundary.tsx';
import {Expenses} from './Expenses.tsx';
import {FailureNotice} from './FailureNotice.tsx';
import {SignIn} from './SignIn.tsx';

const first = openApp();

function Root() {
  const [app, setApp] = useState(first);
  return (
    <>
      <Boundary>
        <Suspense fallback={<p className="opening">Opening your expenses</p>}>
          <Page app={app} onChange={(next) => setApp(Promise.resolve(next))} />
        </Suspense>
      </Boundary>
      <FailureNotice app={app} />
    </>
  );
}

interface PageProps {
  app: Promise<OpenedApp | null>;
  onChange: (app: OpenedApp | null) => void;
}

function Page({app, onChange}: PageProps) {
  const opened = use(app);
  if (opened) return <Expenses opened={opened} onSignedOut={() => onChange(null)} />;
  return (
    <main className="card narrow">
      <h1>Expenses</h1>
      <SignIn onSignedIn={onChange} />
      <p className="soft">Try “ada” with the password “engine”, or “grace” with “compiler”.</p>
    </main>
  );
}

createRoot(document.getElementById('root')!).render(<Root />);
