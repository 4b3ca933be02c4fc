'use client';
import {Component, type ReactNode} from 'react';

interface State {
  error?: Error & {digest?: string};
}

export class ErrorBoundary extends Component<{children: ReactNode}, State> {
  override state: State = {};

  static getDerivedStateFromError(error: Error): State {
    return {error};
  }

  override render() {
    const {error} = this.state;
    if (!error) return this.props.children;
    return (
      <div role="alert">
        {/* In production the message stays on the server; React puts a text of its own in its place. */}
        <p>{process.env.NODE_ENV === 'production' ? 'That did not work.' : error.message}</p>
        <p>Digest: {error.digest ?? 'none'}</p>
        {/* The focus would fall to the body with the button that was clicked. */}
        <button autoFocus onClick={() => this.setState({error: undefined})}>
          Try again
        </button>
      </div>
    );
  }
}
