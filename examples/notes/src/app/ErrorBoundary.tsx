'use client';
import {Component, startTransition, type ReactNode} from 'react';
import {explain} from '../browser/explain.ts';
import {refreshPage} from '../browser/pages.ts';

interface State {
  error?: unknown;
}

/** What cannot be shown, because it broke off on its way or threw on the server, is told in its place. */
export class ErrorBoundary extends Component<{children: ReactNode}, State> {
  override state: State = {};

  static getDerivedStateFromError(error: unknown): State {
    return {error};
  }

  /** One transition: the message stays until the new page is there. */
  readonly #tryAgain = () => {
    startTransition(() => {
      refreshPage();
      this.setState({error: undefined});
    });
  };

  override render() {
    const {error} = this.state;
    if (error === undefined) return this.props.children;
    return (
      <div className="message" role="alert">
        <p>{explain(error)}</p>
        <button type="button" className="primary" onClick={this.#tryAgain}>
          Try again
        </button>
      </div>
    );
  }
}
