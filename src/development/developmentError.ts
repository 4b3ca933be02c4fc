import {stripVTControlCharacters} from 'node:util';

/** Why there is no server to answer a request: for the developer, in the terminal and in the browser. */
export class DevelopmentError extends Error {
  /** One line. */
  readonly title: string;
  /** With frames and stacks. */
  readonly details: string;

  constructor(title: string, details: string) {
    const plain = stripVTControlCharacters(details).trim();
    super(`${title}\n\n${plain}`);
    this.title = title;
    this.details = plain;
  }
}
