import type {ServerFunctionRedirect} from './errors.ts';
import {leavePage} from './leavePage.ts';

/**
 * Leaves the page.
 *
 * @returns a promise that stays pending while the page is being left, so that nothing happens on it until it
 *   is gone, and resolves when it stays
 * @throws the redirect itself, where there is no page
 */
export function followRedirect(redirect: ServerFunctionRedirect): Promise<void> {
  const {location} = globalThis;
  // A worker has a location that it cannot leave.
  if (typeof location?.assign !== 'function') throw redirect;
  const {url} = redirect;
  const isPlaceOnPage = url.hash !== '' && withoutHash(url.href) === withoutHash(location.href);
  return leavePage(url, () => {
    location.assign(url);
    // For the browser a fragment is a place on the page that is open.
    if (isPlaceOnPage) location.reload();
  });
}

function withoutHash(href: string): string {
  return href.replace(/#.*/s, '');
}
