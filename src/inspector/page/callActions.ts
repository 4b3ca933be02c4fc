import {nameOf, type Shown} from './calls.ts';
import {asCurl} from './curl.ts';
import {requestPart, type DetailPart} from './details.ts';
import {h} from './dom.ts';
import {valueText} from './values.ts';

interface SentRequest {
  headers: [name: string, value: string][];
  /** Nothing for bytes that are no text. */
  body?: string;
}

interface Page {
  /** Asks the inspector; see {@link Connection}. */
  ask: (path: string) => Promise<unknown>;
  /** Whether the process of a call has ended. */
  isGone: (shown: Shown) => boolean;
  /** Leads back to the list. */
  leave: () => void;
  /** Shows what has changed. */
  show: () => void;
}

/** What can be done with a call that is shown: to make it again, to copy it, and to see its secrets. */
export class CallActions {
  readonly #page: Page;
  /** Of calls whose secrets somebody asked for. */
  readonly #revealed = new Map<string, SentRequest>();
  /** What was said of the last action. */
  #notice: {key: string; text: string} | undefined;

  constructor(page: Page) {
    this.#page = page;
  }

  /** The parts of a call with the buttons behind its head, and its request at the end. */
  addTo([head, ...rest]: readonly DetailPart[], shown: Shown): DetailPart[] {
    const {record, key} = shown;
    const isRevealed = this.#revealed.has(key);
    const isGone = this.#page.isGone(shown);
    const of = [record, isGone, this.#notice, isRevealed];
    return [
      head!,
      {name: 'actions', of, make: () => this.#actions(shown)},
      ...rest,
      {name: 'request', of: [isRevealed, isGone], make: () => this.#request(shown)},
    ];
  }

  forgetNotice(): void {
    this.#notice = undefined;
  }

  forget(): void {
    this.#revealed.clear();
  }

  #actions(shown: Shown): Node {
    const {record, key} = shown;
    const isGone = this.#page.isGone(shown);
    const reason = isGone
      ? 'The server has started again since.'
      : record.canRepeat
        ? undefined
        : 'Its body was refused, or too large to be kept.';
    return h(
      'div',
      {class: 'actions'},
      h('button', {class: 'back', onclick: this.#page.leave}, 'Back'),
      h(
        'button',
        {
          onclick: () => this.#askToRepeat(shown),
          ...(reason !== undefined && {disabled: true, title: reason}),
        },
        'Call again',
      ),
      record.called &&
        h('button', {onclick: () => void this.#copyArguments(shown)}, 'Copy arguments'),
      h(
        'button',
        {onclick: () => void this.#copyCurl(shown), ...(isGone && {disabled: true})},
        'Copy as curl',
      ),
      h(
        'span',
        {role: 'status', class: 'soft'},
        this.#notice?.key === key ? this.#notice.text : (reason ?? ''),
      ),
    );
  }

  #request(shown: Shown): Node {
    const {key, record} = shown;
    const known = this.#revealed.get(key);
    const isMasked = record.headers.some(([, value]) => value.includes('••••'));
    const reveal =
      !known && isMasked && !this.#page.isGone(shown)
        ? h(
            'button',
            {class: 'plain', onclick: () => void this.#showSecrets(shown)},
            'Show secrets',
          )
        : undefined;
    return requestPart(record, known?.headers ?? record.headers, reveal);
  }

  /** It is a call like any other: what the function does happens once more. */
  #askToRepeat(shown: Shown): void {
    const {name} = nameOf(shown.record);
    const dialog = h(
      'dialog',
      {class: 'card', 'aria-labelledby': 'repeat-title'},
      h('h2', {id: 'repeat-title'}, `Call ${name} again?`),
      h(
        'p',
        {},
        'The same request is sent to the server once more, with its cookies. What the function does happens again.',
      ),
      h(
        'form',
        {method: 'dialog', class: 'actions'},
        h('button', {value: 'repeat', class: 'primary'}, 'Call again'),
        h('button', {value: ''}, 'Cancel'),
      ),
    );
    dialog.addEventListener('close', () => {
      dialog.remove();
      if (dialog.returnValue === 'repeat') void this.#repeat(shown);
    });
    document.body.append(dialog);
    dialog.showModal();
  }

  async #repeat({key, record}: Shown): Promise<void> {
    this.#say(key, 'Calling…');
    try {
      const answer = (await this.#page.ask(`calls/${record.number}/repeat`)) as {
        status?: number;
        error?: string;
      };
      this.#say(key, answer.error ?? `Called again: answered with status ${answer.status}.`);
    } catch {
      this.#say(key, 'It could not be called: the server is away.');
    }
  }

  async #copyArguments({key, record}: Shown): Promise<void> {
    await this.#copy(
      key,
      record.called!.args.map(valueText).join(', '),
      'The arguments are copied.',
    );
  }

  async #copyCurl({key, record}: Shown): Promise<void> {
    try {
      const sent = (await this.#page.ask(`calls/${record.number}/request`)) as SentRequest;
      if (sent.body === undefined)
        return this.#say(key, 'The body is no text, so it cannot be copied.');
      const known = this.#revealed.get(key);
      const text = asCurl(record, known?.headers ?? record.headers, sent.body);
      await this.#copy(
        key,
        text,
        known
          ? 'Copied, with its secrets.'
          : 'Copied. Secrets are masked: show them first to copy them too.',
      );
    } catch {
      this.#say(key, 'It could not be copied: the server is away.');
    }
  }

  async #showSecrets({key, record}: Shown): Promise<void> {
    try {
      this.#revealed.set(
        key,
        (await this.#page.ask(`calls/${record.number}/request`)) as SentRequest,
      );
    } catch {
      this.#say(key, 'The server is away.');
    }
    this.#page.show();
  }

  async #copy(key: string, text: string, done: string): Promise<void> {
    try {
      await navigator.clipboard.writeText(text);
      this.#say(key, done);
    } catch {
      this.#say(key, 'The browser does not let it be copied.');
    }
  }

  #say(key: string, text: string): void {
    this.#notice = {key, text};
    this.#page.show();
  }
}
