/** For a promise whose rejection is reported elsewhere, or means nothing. */
export function ignore(): void {}
