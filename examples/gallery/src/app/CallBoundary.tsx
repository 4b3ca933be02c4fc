'use client';
import {Component, type ReactNode} from 'react';
import {readTyped, writeTyped, type Typed} from './typedText.ts';

interface Props {
  children: ReactNode;
  /** What is shown in the place of the children when one of them fails. */
  fallback: (error: unknown, back: () => void) => ReactNode;
  /** The children are there again. */
  onBack?: () => void;
}

interface State {
  failure?: {error: unknown} | undefined;
}

/** An error boundary with a way back, on which what was typed is in its fields again. */
export class CallBoundary extends Component<Props, State> {
  override state: State = {};
  #typed: Typed = {};

  static getDerivedStateFromError(error: unknown): State {
    return {failure: {error}};
  }

  /** The last moment in which the fields are there. */
  override getSnapshotBeforeUpdate(_: Props, before: State): null {
    if (this.state.failure && !before.failure) this.#typed = readTyped();
    return null;
  }

  override componentDidUpdate(_: Props, before: State): void {
    if (!before.failure || this.state.failure) return;
    writeTyped(this.#typed);
    this.props.onBack?.();
  }

  override render() {
    const {failure} = this.state;
    return failure
      ? this.props.fallback(failure.error, () => this.setState({failure: undefined}))
      : this.props.children;
  }
}
