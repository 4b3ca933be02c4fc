import {describeFailure, type Failure} from './failure.ts';
import {failureText} from './failureText.ts';
import {terminalStyles} from './terminal.ts';

export {failurePage, refusalPage} from './failurePage.ts';
export {refusalAdvice} from './refusalAdvice.ts';
export {createRefusalReports} from './refusalReports.ts';

/** Writes what is known of a server function that failed to the terminal. Never throws. */
export function reportFailure(failure: Failure): void {
  const {id, digest, error} = failure;
  try {
    console.error(failureText(describeFailure(failure), terminalStyles()));
  } catch {
    console.error(`Server function ${id} failed (digest ${digest}):`, error);
  }
}
