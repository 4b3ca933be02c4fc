const html = (text, status = 200) =>
  new Response(`<!DOCTYPE html><title>${text}</title>${text}`, {
    status,
    headers: {'Content-Type': 'text/html'},
  });
const pause = (time) => new Promise((resolve) => setTimeout(resolve, time));
/** Methods and paths that were asked for. */
export const asked = [];

/** Where redirects of server functions and of proxies lead, by path. */
const PLACES = {
  '/asked': () => Response.json(asked),
  '/export.csv': () =>
    new Response('a,b', {headers: {'Content-Disposition': 'attachment; filename="export.csv"'}}),
  '/slow-export.csv': async () => {
    await pause(2500);
    return PLACES['/export.csv']();
  },
  '/get-alone.csv': ({method}) => (method === 'GET' ? PLACES['/export.csv']() : html('no', 405)),
  '/once.csv': () =>
    asked.includes('HEAD /once.csv') ? html('gone', 410) : PLACES['/export.csv'](),
  '/table': () => new Response('a,b', {headers: {'Content-Type': 'text/csv'}}),
  '/archive': () => new Response('PK', {headers: {'Content-Type': 'application/zip'}}),
  '/nothing': () => new Response(null, {status: 204}),
  '/reset': () => new Response(null, {status: 205}),
  '/slow': async () => {
    await pause(4000);
    return html('slow');
  },
  '/slow-get': async ({method}) => {
    if (method === 'GET') await pause(4000);
    return html('slow');
  },
  '/slow-get-alone': async ({method}) => {
    if (method !== 'GET') return html('not here', 405);
    await pause(4000);
    return html('slow');
  },
  '/login': () => html('login'),
  '/redirect': (request, {searchParams}) =>
    new Response(null, {
      status: Number(searchParams.get('status')),
      headers: {Location: searchParams.get('to')},
    }),
  '/status': (request, {searchParams}) => html('no', Number(searchParams.get('status'))),
};

/** The answer of one of them, if the request is for one. */
export function answerPlace(request) {
  const url = new URL(request.url);
  if (!Object.hasOwn(PLACES, url.pathname)) return undefined;
  asked.push(`${request.method} ${url.pathname}`);
  return PLACES[url.pathname](request, url);
}
