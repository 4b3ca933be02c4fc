import type {ServerFunctionRedirect} from './errors.ts';

/**
 * Leaves the page.
 *
 * @returns a promise that stays pending, so that nothing happens on the page until it is gone
 * @throws the redirect itself, where there is no page
 */
export function followRedirect(redirect: ServerFunctionRedirect): Promise<never> {
  const {location} = globalThis;
  // A worker has a location that it cannot leave.
  if (typeof location?.assign !== 'function') throw redirect;
  const {url} = redirect;
  const stays = url.hash !== '' && withoutHash(url.href) === withoutHash(location.href);
  // Who comes back by the browser's button would find the page as it was left, still waiting.
  globalThis.addEventListener?.('pageshow', ({persisted}) => {
    if (persisted) location.reload();
  });
  location.assign(url);
  // For the browser a fragment is a place on the page that is open.
  if (stays) location.reload();
  return new Promise(() => {});
}

function withoutHash(href: string): string {
  return href.replace(/#.*/s, '');
}
