/** What the person who typed the command has to know, and no stack. */
export class CommandError extends Error {
  override readonly name = 'CommandError';
}
