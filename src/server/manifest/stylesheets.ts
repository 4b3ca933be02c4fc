import {preinit} from 'react-dom';
import type {ClientManifest, ClientManifestEntry, Stylesheet} from '../../references/manifests.ts';

/** The `precedence` of stylesheets of client components, by which React groups them in the page. */
const PRECEDENCE = 'webpack';

/** Props of a `<link>` that React puts into the head, and waits for. */
export interface StylesheetProps extends Stylesheet {
  /** As the attribute of `<link>`. */
  rel: 'stylesheet';
  /** By which React groups stylesheets in the page. */
  precedence: string;
}

/**
 * Tells the page that is being rendered to load the stylesheets of a client module. React sends this
 * ahead of the component (`preinit` of react-dom), and ignores it when no page is being rendered.
 */
export function preinitStylesheets({stylesheets = []}: ClientManifestEntry): void {
  for (const {href, crossOrigin} of stylesheets) {
    preinit(href, {
      as: 'style',
      precedence: PRECEDENCE,
      ...(crossOrigin !== undefined && {crossOrigin}),
    });
  }
}

/**
 * The stylesheets of a client component, as props of `<link>` elements.
 *
 * They are in the page without this. Inside a `<Suspense>` that is shown later, React waits for a
 * stylesheet only where there is a `<link>` for it.
 *
 * @param component as a Server Component imports it
 * @param clientManifest what `loadClientManifest()` returns
 * @throws TypeError when `component` is not an export of a `"use client"` module
 * @example
 * stylesheetsOf(Chart, clientManifest).map((props) => <link key={props.href} {...props} />)
 */
export function stylesheetsOf(
  component: unknown,
  clientManifest: ClientManifest,
): StylesheetProps[] {
  const {stylesheets = []} = clientManifest[pathOf(component)]!;
  return stylesheets.map((stylesheet) => ({
    rel: 'stylesheet',
    precedence: PRECEDENCE,
    ...stylesheet,
  }));
}

function pathOf(component: unknown): string {
  const {$$typeof, $$id} = (component ?? {}) as {$$typeof?: unknown; $$id?: unknown};
  if ($$typeof !== Symbol.for('react.client.reference') || typeof $$id !== 'string') {
    throw new TypeError(
      'stylesheetsOf() takes a client component as a Server Component imports it: an export of a module with "use client".',
    );
  }
  return $$id.slice(0, $$id.lastIndexOf('#'));
}
