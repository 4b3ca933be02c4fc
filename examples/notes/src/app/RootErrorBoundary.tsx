import {Component, type ReactNode} from 'react';

/** The last resort: without it React takes the whole page away. What was typed is kept, see useDraft.ts. */
export class RootErrorBoundary extends Component<{children: ReactNode}, {failed: boolean}> {
  override state = {failed: false};

  static getDerivedStateFromError() {
    return {failed: true};
  }

  override render() {
    if (!this.state.failed) return this.props.children;
    return (
      <html lang="en">
        <head>
          <title>Notes</title>
        </head>
        <body>
          <main>
            <section className="message" role="alert">
              <h1>This page cannot be shown</h1>
              <p>What you have typed is kept.</p>
              <button type="button" className="primary" onClick={() => location.reload()}>
                Load it again
              </button>
            </section>
          </main>
        </body>
      </html>
    );
  }
}
