'use client';
import {Component, Suspense, use, useEffect, useRef, useState, type ReactNode} from 'react';
import {withCallOptions} from 'use-server-webpack-plugin/client';
import {search, type Answer} from './actions.ts';

export function Search() {
  const [answer, setAnswer] = useState<Answer>();
  const running = useRef<AbortController>(undefined);
  useEffect(() => () => running.current?.abort(), []);

  async function start() {
    // Only the latest answer is shown.
    running.current?.abort();
    const {signal} = (running.current = new AbortController());
    setAnswer(undefined);
    try {
      const found = await withCallOptions({signal}, search)('webpack');
      setAnswer(found);
    } catch (error) {
      if (!signal.aborted) throw error;
    }
  }

  return (
    <>
      <button onClick={start}>Search</button>
      <section aria-live="polite">
        {answer && (
          <>
            <h3>{answer.title}</h3>
            <BreakOff key={answer.title}>
              <Suspense fallback={<p>Looking further</p>}>
                <Body text={answer.body} />
              </Suspense>
            </BreakOff>
          </>
        )}
      </section>
    </>
  );
}

function Body({text}: {text: Promise<string>}) {
  return <p>{use(text)}</p>;
}

/** What was promised may not come: the connection can be lost until the last byte. */
class BreakOff extends Component<{children: ReactNode}> {
  override state = {failed: false};

  static getDerivedStateFromError() {
    return {failed: true};
  }

  override render() {
    return this.state.failed ? <p>The rest did not arrive. Search again.</p> : this.props.children;
  }
}
