/** Whether this process resolves with the `react-server` condition: it does. */
export const isReactServer: boolean = true;
