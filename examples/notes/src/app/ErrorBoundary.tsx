'use client';
import {Component, type ReactNode} from 'react';

interface State {
  error?: Error & {digest?: string};
}

/**
 * What a server function throws arrives here. In production its message stays on the server; the
 * digest is what a user can report, and what the server's log shows beside the real error.
 */
export class ErrorBoundary extends Component<{children: ReactNode}, State> {
  override state: State = {};

  static getDerivedStateFromError(error: Error): State {
    return {error};
  }

  override render() {
    const {error} = this.state;
    if (!error) return this.props.children;
    return (
      <div className="message failed" role="alert">
        <p>
          That did not work.{error.digest && <> The server's log has more under {error.digest}.</>}
        </p>
        <button type="button" className="quiet" onClick={() => this.setState({error: undefined})}>
          Try again
        </button>
      </div>
    );
  }
}
