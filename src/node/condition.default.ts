/** Whether this process resolves with the `react-server` condition: it does not. */
export const isReactServer: boolean = false;
