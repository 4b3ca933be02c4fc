/** Waits for a condition. Jest's time limit ends the wait. */
export async function until(condition: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await condition())) await new Promise((fulfil) => setTimeout(fulfil, 50));
}
