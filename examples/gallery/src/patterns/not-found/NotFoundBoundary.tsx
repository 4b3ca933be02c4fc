'use client';
import {Component, type ReactNode} from 'react';
import {ServerFunctionNotFoundError} from 'use-server-webpack-plugin/client';

export class NotFoundBoundary extends Component<{children: ReactNode}, {error?: unknown}> {
  override state: {error?: unknown} = {};

  static getDerivedStateFromError(error: unknown) {
    return {error};
  }

  override render() {
    const {error} = this.state;
    if (!error) return this.props.children;
    if (!(error instanceof ServerFunctionNotFoundError)) throw error;
    return (
      <div role="alert">
        <p>There is no such order.</p>
        {/* The focus would fall to the body with the button that was clicked. */}
        <button autoFocus onClick={() => this.setState({error: undefined})}>
          Try another one
        </button>
      </div>
    );
  }
}
