import type {RefusalCode} from '../references/protocol.ts';

interface Explanation {
  /** Which check refuses. */
  check: string;
  /** What would make it pass. */
  remedy: string;
}

const LIMITS = 'Send less, or raise the option of the handler that the message names.';
const RELOAD = 'Reload the page, so that it gets captures of this build and key.';
const OTHER_BUILD =
  'Reload the page. If the function is new, let webpack write the manifest: npx webpack --watch.';

/** In the words of somebody who is at work on the app; the refusals themselves are for everybody. */
const EXPLANATIONS: Record<RefusalCode, Explanation> = {
  'malformed-url': {
    check: 'The URL',
    remedy: 'Send a request whose target and Host header make a URL.',
  },
  'method-not-allowed': {
    check: 'The method',
    remedy: 'Send a POST. If this path is a page of yours, give the handler another "endpoint".',
  },
  'cross-site': {
    check: 'The origin: Sec-Fetch-Site, then Origin against Host',
    remedy:
      'Call from a page of this origin, or add its origin to the option "allowedOrigins". Behind a proxy that sets X-Forwarded-Host and X-Forwarded-Proto, set "trustProxy".',
  },
  'foreign-host': {
    check: 'The host, by the option "allowedHosts"',
    remedy: 'Open the app under a host that is listed, or add this one to "allowedHosts".',
  },
  'missing-origin': {
    check: 'The origin of a form',
    remedy: 'Post it from a browser, or send Origin or Sec-Fetch-Site: same-origin.',
  },
  'unsupported-media-type': {
    check: 'The content type',
    remedy: 'Send what encodeReply() makes: text/plain;charset=UTF-8, or multipart/form-data.',
  },
  'body-too-large': {
    check: 'The size of the body',
    remedy: 'Send less, or raise the option "maxBodySize" of the handler.',
  },
  'body-timeout': {
    check: 'The time in which the body must come',
    remedy: 'Raise the option "bodyTimeout" of the handler.',
  },
  'malformed-id': {
    check: 'The id of the function',
    remedy: 'Send the header X-Action-Id with the $$id of a server function.',
  },
  'unknown-function': {check: 'The manifest', remedy: OTHER_BUILD},
  'not-a-server-function': {
    check: 'The export of the module',
    remedy: 'Export an async function under this name from a "use server" module.',
  },
  'not-compiled': {
    check: 'The module of the function',
    remedy:
      'Start Node with: --conditions react-server --import use-server-webpack-plugin/register',
  },
  'no-manifest': {check: 'The manifest', remedy: 'Run webpack, so that it writes the manifest.'},
  'outdated-manifest': {check: 'The manifest', remedy: OTHER_BUILD},
  'outdated-module': {
    check: 'The module of the function',
    remedy: 'Start the server again, or let Node do that: node --watch.',
  },
  'malformed-page': {
    check: 'The page that the caller shows',
    remedy: 'Send in X-Action-Page the path of a page, such as /notes?page=2.',
  },
  'malformed-body': {
    check: 'The body, before React decodes it',
    remedy: 'Send what encodeReply() of this version of React makes.',
  },
  'limit-exceeded': {check: 'The limits of the body', remedy: LIMITS},
  'invalid-captures': {
    check: 'The captures: who made them, for which function, with which key',
    remedy: `${RELOAD} Set USE_SERVER_ENCRYPTION_KEY, so that the key outlives a restart.`,
  },
  'other-build': {check: 'The captures: of which build they are', remedy: RELOAD},
  'expired-captures': {
    check: 'The captures: how old they are',
    remedy: 'Reload the page, or raise the option "captureMaxAge" of the handler.',
  },
};

/** Which check refused a request; those of the app have no remedy that is known here. */
export function explainRefusal(code: string): Pick<Explanation, 'check'> & Partial<Explanation> {
  if (Object.hasOwn(EXPLANATIONS, code)) return EXPLANATIONS[code as RefusalCode];
  return {check: 'A check of the app: its middleware, or "onRequest"'};
}
