import type {Message} from '../record.ts';

/** Milliseconds. */
const PAUSE = 400;

/** What the page does when it hears of something. */
export interface Listener {
  onOpen: () => void;
  onLost: () => void;
  onMessage: (message: Message) => void;
}

/** Hears of calls, also from the next process of the server. */
export class Connection {
  readonly #listener: Listener;
  #isOpen = false;

  constructor(listener: Listener) {
    this.#listener = listener;
    this.#open();
  }

  /**
   * Asks the inspector for something. Nobody else is asked, which would tell the key.
   *
   * @returns what it answers, in JSON
   * @throws Error when it is not there
   */
  async ask(path: string): Promise<unknown> {
    if (!this.#isOpen) throw new Error('The server is away.');
    const response = await fetch(path, {method: 'POST'});
    return response.status === 204 ? undefined : response.json();
  }

  #open(): void {
    const events = new EventSource('events');
    events.onopen = () => {
      this.#isOpen = true;
      this.#listener.onOpen();
    };
    events.onmessage = ({data}: MessageEvent<string>) => {
      this.#listener.onMessage(JSON.parse(data) as Message);
    };
    events.onerror = () => {
      events.close();
      this.#isOpen = false;
      this.#listener.onLost();
      void this.#openAgain();
    };
  }

  async #openAgain(): Promise<void> {
    do await new Promise((resolve) => setTimeout(resolve, PAUSE));
    while (!(await isInspector()));
    this.#open();
  }
}

/** Whether who listens at this port knows the key. It may be a program of somebody else meanwhile. */
async function isInspector(): Promise<boolean> {
  try {
    const nonce = toText(crypto.getRandomValues(new Uint8Array(16)));
    const response = await fetch(`/who/${nonce}`, {method: 'POST'});
    return response.ok && (await response.text()) === (await proofOf(nonce));
  } catch {
    return false;
  }
}

/** As `src/inspector/handOver.ts` makes it. */
async function proofOf(nonce: string): Promise<string> {
  const bytes = (text: string) => new TextEncoder().encode(text);
  const algorithm = {name: 'HMAC', hash: 'SHA-256'};
  const text = location.pathname.split('/')[1]!;
  const key = await crypto.subtle.importKey('raw', bytes(text), algorithm, false, ['sign']);
  return toText(new Uint8Array(await crypto.subtle.sign('HMAC', key, bytes(`who ${nonce}`))));
}

/** In base64url. */
function toText(bytes: Uint8Array): string {
  const text = btoa(String.fromCharCode(...bytes));
  return text.replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
}
