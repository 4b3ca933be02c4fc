/**
 * Calls back when a navigation ends without leaving the page. Does nothing where the browser has no
 * Navigation API.
 *
 * @param leave begins the navigation
 * @param onStopped is called when it was refused or stopped, or a router of the app made it its own
 * @param signal ends the watch
 */
export function onNavigationStopped(
  leave: () => void,
  onStopped: () => void,
  signal: AbortSignal,
): void {
  const {navigation} = globalThis as {navigation?: Navigation};
  let newest: NavigateEvent | undefined;
  const watch = (event: NavigateEvent) => {
    newest = event;
    if (event.destination.sameDocument || event.downloadRequest !== null) return;
    // One that another takes the place of is aborted too: then the other one counts, and if it is within
    // the page, as of `history.replaceState`, the browser goes on with this one.
    const check = () => setTimeout(() => newest === event && onStopped());
    event.signal.addEventListener('abort', check, {once: true, signal});
  };
  navigation?.addEventListener('navigate', watch, {signal});
  leave();
  // Only a router's: the browser itself makes none for a page that it leaves.
  navigation?.transition?.finished.then(onStopped, onStopped);
}
