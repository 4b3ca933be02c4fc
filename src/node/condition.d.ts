/** Resolved by the `imports` of package.json under the conditions of the running thread. */
declare module '#react-server-condition' {
  export const isReactServer: boolean;
}
