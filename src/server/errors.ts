/** A manifest that is missing, malformed, or not the one that was asked for. */
export class ManifestError extends Error {
  override name = 'ManifestError';
}

/** `USE_SERVER_ENCRYPTION_KEY`, or the option in its place, is not usable. */
export class EncryptionKeyError extends Error {
  override name = 'EncryptionKeyError';
}

/** A captured variable holds what would not come back as it is. The message names it. */
export class UnserializableCapturesError extends Error {
  override name = 'UnserializableCapturesError';
}

/**
 * The deadline of a call passed, the option `timeout`, while its function ran or its result streamed.
 * It is no refusal: what the function has done until then has happened.
 */
export class CallTimeoutError extends Error {
  override name = 'CallTimeoutError';
  /** HTTP status of the answer, when the function had given none. */
  readonly status = 504;
  /** Sent as `X-Action-Error`. */
  readonly code = 'timeout';
  /**
   * @internal
   * @param timeout milliseconds
   */
  constructor(timeout: number) {
    super(`The server function did not end within ${timeout} ms ("timeout").`);
  }
}
