/** For how long, in milliseconds, files are taken to be as they were. An editor lints for hours in one process. */
export const FRESH_FOR = 2_000;

/** Answers that depend on files, kept for the files of one lint run. */
export class RecentAnswers<Answer> {
  readonly #answers = new Map<string, Answer>();
  #freshUntil = 0;

  /** @param find is called when there is no recent answer */
  get(question: string, find: () => Answer): Answer {
    const now = performance.now();
    if (now >= this.#freshUntil) {
      this.#answers.clear();
      this.#freshUntil = now + FRESH_FOR;
    }
    if (!this.#answers.has(question)) this.#answers.set(question, find());
    return this.#answers.get(question)!;
  }
}
