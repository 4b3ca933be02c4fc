import {Component, type ReactNode} from 'react';

/** For mistakes in the app itself. Calls that do not arrive come to `FailureNotice`. */
export class Boundary extends Component<{children: ReactNode}, {hasFailed: boolean}> {
  override state = {hasFailed: false};

  static getDerivedStateFromError() {
    return {hasFailed: true};
  }

  override render() {
    if (!this.state.hasFailed) return this.props.children;
    return (
      <main className="card narrow" role="alert">
        <h1>Something went wrong</h1>
        <p>The app has stopped. What you have saved is on the server.</p>
        <button className="primary" onClick={() => location.reload()}>
          Reload
        </button>
      </main>
    );
  }
}
