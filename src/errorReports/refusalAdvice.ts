import {docsPlace} from '../references/docsPlace.ts';
import type {RefusalCode} from '../references/protocol.ts';

/** What to write so that such a request passes, where the text of the refusal does not say it. */
const ADVICE: Record<RefusalCode, string | undefined> = {
  'malformed-url':
    'Browsers send no such request: look at what a proxy, or a client of your own, makes of the URL and of Host.',
  'method-not-allowed':
    'Import the function and call it, instead of a request of your own. Calls of another origin send OPTIONS first: answer it before the handler, by middleware for CORS.',
  'cross-site':
    "Pages of this server pass as they are. For a dev server or a site of another origin: allowedOrigins: ['http://localhost:8080']. A test client sends Sec-Fetch-Site: same-origin.",
  'foreign-host':
    "Give the handler the name that is in the browser's address: allowedHosts: ['app.example'].",
  'missing-origin':
    'A test client, or curl, has to send Sec-Fetch-Site: same-origin, or the Origin of this server.',
  'unsupported-media-type':
    'Import the function and call it, instead of a request of your own: React writes the body.',
  'body-too-large':
    'Give the handler more: maxBodySize: 10_000_000. Or send less, and large files to a storage of their own. A proxy in front has a limit too.',
  'body-timeout': 'Give the handler more time: bodyTimeout: 120_000.',
  'malformed-id':
    'Calls of an imported function have the header. Where it is lost, let the proxy pass X-Action-Id on. If it is your own form or request, post it to another path.',
  'unknown-function':
    'If a reload does not help, the server and the page have different manifests: build both with the same "root", "ids" and "idPrefix", and give the handler the manifest of this build.',
  'not-a-server-function':
    'Run webpack again. If that does not help, see that the module exports an async function under this name.',
  'not-compiled': undefined,
  'no-manifest': 'Run webpack, and let it run while you work: npx webpack --watch',
  'outdated-manifest': 'Let it run while you work: npx webpack --watch',
  'outdated-module': undefined,
  'malformed-page': 'It is the path and the query of the page, as createCallServer() sends it.',
  'malformed-body':
    'The client and the server need the same version of React: npm ls react react-server-dom-webpack',
  'limit-exceeded':
    'Give the handler more under that name: limits: {depth: 500}. Or send less in one call.',
  'invalid-captures':
    'While you work, give all processes one key, so that a restart keeps pages working: set USE_SERVER_ENCRYPTION_KEY. With captureBinding: it must give the same for the page and for the call.',
  'other-build':
    'The function has changed since the page was rendered. Let pages follow changes: onServerUpdate().',
  'expired-captures': 'Give pages longer: captureMaxAge, in seconds.',
};

/**
 * What a developer needs beside the text of a refusal: how to make the request pass, and the place in the docs.
 *
 * @returns nothing for the codes of an app's own
 */
export function refusalAdvice(code: string): string | undefined {
  if (!Object.hasOwn(ADVICE, code)) return undefined;
  return [ADVICE[code as RefusalCode], `See ${docsPlace(code)}`].filter(Boolean).join('\n');
}
