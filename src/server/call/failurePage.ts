import {parseAllowedHosts} from '../../references/allowedHosts.ts';
import {loadErrorReports} from '../development/errorReports.ts';
import type {FormFailure} from '../handlerConfig.ts';
import {RequestError} from '../refusals.ts';
import type {Incoming} from '../request/incoming.ts';
import {shownHost, type OriginPolicy} from '../request/originCheck.ts';
import type {EnteredFunction} from './entry.ts';
import {withoutToken} from './errorLog.ts';

/**
 * A page for the developer, of a form without JavaScript that has no result.
 *
 * It has parts of the sources in it, so it is for names alone that cannot be made to lead here by another site
 * (DNS rebinding): those of this machine, IP addresses, and the option `allowedHosts`.
 *
 * @param called the function, as far as it is known
 * @returns HTML; nothing in production, for programs that do not ask for a page, and where the runtime does
 *   not have what makes it
 */
export async function failurePage(
  {status, error, digest}: FormFailure,
  called: EnteredFunction | {id?: string | undefined},
  incoming: Incoming,
  origins: OriginPolicy,
): Promise<string | undefined> {
  const reports = await loadErrorReports();
  if (!reports || !incoming.header('accept')?.includes('text/html')) return undefined;
  const allows = origins.allowsHost ?? parseAllowedHosts([]);
  if (!allows(shownHost(incoming, origins.trustProxy))) return undefined;
  if (error instanceof RequestError) return reports.refusalPage(error, called.id);
  if (digest === undefined || status < 500) return undefined;
  const call = 'args' in called ? withoutToken(called) : undefined;
  return reports.failurePage({error, id: called.id, digest, call});
}
