import {
  ServerFunctionNetworkError,
  ServerFunctionRequestError,
  ServerFunctionTimeoutError,
  UnknownServerFunctionError,
} from 'use-server-webpack-plugin/client';

export interface Failure {
  title: string;
  /** What a person can do about it. */
  advice?: string;
  /** Whether the same call may arrive when it is sent again. */
  canRetry: boolean;
}

/** A failed call in words for people. */
export function describeFailure(error: unknown): Failure {
  if (!(error instanceof ServerFunctionRequestError)) {
    return {title: 'That did not work.', canRetry: false};
  }
  if (error instanceof ServerFunctionNetworkError) {
    return {
      title: 'The server cannot be reached.',
      advice:
        'What you typed stays. If the call arrived, and only its answer was lost, trying again does it twice.',
      canRetry: true,
    };
  }
  if (error instanceof ServerFunctionTimeoutError) {
    return {title: 'The server took too long.', advice: 'What you typed stays.', canRetry: true};
  }
  if (error instanceof UnknownServerFunctionError) {
    return {
      title: 'This page is of another build.',
      advice: 'Load it again. What you typed is kept.',
      canRetry: true,
    };
  }
  if (error.code === 'body-too-large') {
    return {title: 'That is larger than the server takes.', canRetry: false};
  }
  return {
    title: `The server refused the call: ${error.code}.`,
    advice: 'What you typed stays.',
    canRetry: true,
  };
}
