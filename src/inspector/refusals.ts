import {refusalAdvice} from '../errorReports/refusalAdvice.ts';
import type {RefusalCode} from '../references/protocol.ts';

/** Which check refuses, in words. */
const CHECKS: Record<RefusalCode, string> = {
  'malformed-url': 'the URL',
  'method-not-allowed': 'the method',
  'cross-site': 'the origin: Sec-Fetch-Site, then Origin against Host',
  'foreign-host': 'the host, by the option "allowedHosts"',
  'missing-origin': 'the origin of a form',
  'unsupported-media-type': 'the content type',
  'body-too-large': 'the size of the body, by the option "maxBodySize"',
  'body-timeout': 'the time in which the body must come, by the option "bodyTimeout"',
  'malformed-id': 'the id of the function',
  'unknown-function': 'the manifest',
  'not-a-server-function': 'the export of the module',
  'not-compiled': 'the module of the function',
  'no-manifest': 'the manifest',
  'outdated-manifest': 'the manifest',
  'outdated-module': 'the module of the function',
  'malformed-page': 'the page that the caller shows',
  'malformed-body': 'the body, before the function sees any of it',
  'limit-exceeded': 'the size of the values in the body, by the option "limits"',
  'invalid-captures': 'the captures: who made them, for which function and user, with which key',
  'other-build': 'the captures: which build made them',
  'expired-captures': 'the captures: how old they are, by the option "captureMaxAge"',
};

/** Which check refused a request, and what would make it pass; of those of the app nothing more is known. */
export function explainRefusal(code: string): {check: string; remedy?: string} {
  if (!Object.hasOwn(CHECKS, code)) return {check: 'a check of the app: middleware or "onRequest"'};
  const remedy = refusalAdvice(code);
  return {check: CHECKS[code as RefusalCode], ...(remedy !== undefined && {remedy})};
}
