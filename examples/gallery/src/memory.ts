// The data of the demos, in the memory of this process.

const resets: (() => void)[] = [];

/** An object that `resetMemory` turns back to what it was at the start. */
export function memory<T extends object>(initial: T): T {
  const data = structuredClone(initial);
  resets.push(() => Object.assign(data, structuredClone(initial)));
  return data;
}

export function resetMemory(): void {
  for (const reset of resets) reset();
}

/** For demos in which something takes its time. */
export const sleep = (milliseconds: number): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, milliseconds));
