/** A point of a build at which others wait for it, unless it has passed it or does not run. */
export class Gate {
  #isOpen = true;
  #waiting: (() => void)[] = [];

  close(): void {
    this.#isOpen = false;
  }

  open(): void {
    this.#isOpen = true;
    for (const fulfil of this.#waiting.splice(0)) fulfil();
  }

  async passed(): Promise<void> {
    if (!this.#isOpen) await new Promise<void>((fulfil) => this.#waiting.push(fulfil));
  }
}
