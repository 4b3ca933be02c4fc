// The switch of the pattern "Calls that do not arrive": what shall happen to the next calls.

export type Fault = 'none' | 'lost' | 'other-build' | 'refused';

let fault: Fault = 'none';

export function setFault(next: Fault): void {
  fault = next;
}

export const withFault =
  (fetch: typeof globalThis.fetch): typeof globalThis.fetch =>
  async (input, init) => {
    if (fault === 'none') return fetch(input, init);
    // As the browser does when there is no network.
    if (fault === 'lost') throw new TypeError('Failed to fetch');
    const headers = new Headers(init?.headers);
    // The server answers these itself: with 404, and with 415.
    if (fault === 'other-build') headers.set('X-Action-Id', 'src/of-another-build.ts#ping');
    if (fault === 'refused') headers.set('Content-Type', 'text/html');
    return fetch(input, {...init, headers});
  };
