import {onNavigationStopped} from './onNavigationStopped.ts';
import {staysOnPage} from './staysOnPage.ts';

/** Milliseconds in which most pages are left. Only after them is the server asked what it answers. */
const ASK_AFTER = 1000;
/** Milliseconds for which a server is asked, and for which a page then waits to be left. */
const WAIT = 30_000;

/**
 * Leaves the page, and tells when it stays after all: the user refused to leave (`beforeunload`) or stopped
 * the browser, the server answered with a download or with nothing (204, 205), or a router of the app
 * took over.
 *
 * Browsers tell no page that it stays for a download or a 204: no event comes, and the promises of
 * `navigation.navigate()` never settle (HTML, section 7.2.6.8). So a page that is still there after a second
 * asks by a HEAD request of its own (GET, where the server knows no HEAD). Where that says nothing, as for
 * another origin, the page waits half a minute longer.
 *
 * @param url where to
 * @param leave begins to leave the page
 * @returns a promise that resolves when the page stays
 */
export function leavePage(url: URL, leave: () => void): Promise<void> {
  return new Promise((resolve) => {
    const waiting = new AbortController();
    const {signal} = waiting;
    let timer: ReturnType<typeof setTimeout>;
    const stay = () => {
      waiting.abort();
      clearTimeout(timer);
      resolve();
    };
    // A page that comes back by the browser's button would be as it was left, still waiting.
    const reload = ({persisted}: PageTransitionEvent) => persisted && location.reload();
    globalThis.addEventListener?.('pageshow', reload, {signal});
    onNavigationStopped(leave, stay, signal);
    timer = setTimeout(async () => {
      if (await staysOnPage(url, AbortSignal.timeout(WAIT))) stay();
      else if (!signal.aborted) timer = setTimeout(stay, WAIT);
    }, ASK_AFTER);
  });
}
