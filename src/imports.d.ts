/*
 * What the `imports` of package.json resolve by the conditions of what resolves them: Node with and without
 * `react-server`, or a bundler for browsers.
 */

declare module '#react-server-condition' {
  export const isReactServer: boolean;
}

declare module '#packages' {
  export const packages: typeof import('./transform/packages.ts').packages;
}

declare module '#sha256' {
  /** The 64 hexadecimal digits of SHA-256 of a text. */
  export const sha256: (text: string) => string;
  /** The same of HMAC-SHA-256 (RFC 2104), with a key in base64. */
  export const hmacSha256: (key: string, text: string) => string;
}
