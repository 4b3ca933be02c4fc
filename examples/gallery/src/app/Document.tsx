// The shell of every page.
import type {ReactNode} from 'react';
import {groups} from '../patterns.ts';
import {startOver} from './actions.ts';
import {FailureNotice} from './FailureNotice.tsx';
import {StartOver} from './StartOver.tsx';

const icon =
  "data:image/svg+xml,<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 16 16'><rect width='16' height='16' rx='4' fill='%232f5fc4'/><path d='M4 6h7L9 4M12 10H5l2 2' fill='none' stroke='white' stroke-width='1.6' stroke-linecap='round' stroke-linejoin='round'/></svg>";

interface Props {
  title: string;
  /** Of the pattern that is shown. */
  slug?: string;
  children: ReactNode;
}

export function Document({title, slug, children}: Props) {
  return (
    <html lang="en">
      <head>
        <meta charSet="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <title>{title}</title>
        <link rel="icon" href={icon} />
        <link rel="stylesheet" href="/assets/client.css" precedence="default" />
      </head>
      <body>
        <a href="#content" className="skip">
          Skip to the content
        </a>
        <header className="site-header">
          <a href="/" aria-current={slug === undefined ? 'page' : undefined}>
            Gallery<span className="wide"> of server functions</span>
          </a>
          <div className="buttons">
            {slug !== undefined && (
              <button className="quiet menu-button" popoverTarget="patterns">
                Patterns
              </button>
            )}
            <StartOver startOver={startOver} />
          </div>
        </header>
        <FailureNotice />
        <div className="columns">
          {slug !== undefined && <SideNavigation slug={slug} />}
          <main id="content" tabIndex={-1}>
            {children}
          </main>
        </div>
      </body>
    </html>
  );
}

/** Beside the page; on narrow screens a menu, which the browser opens, closes and gives the keys. */
function SideNavigation({slug}: {slug: string}) {
  return (
    <nav className="side" id="patterns" popover="auto" aria-label="Patterns">
      {groups.map(({name, patterns}) => (
        <details key={name} open={patterns.some((pattern) => pattern.slug === slug)}>
          <summary>{name}</summary>
          <ul>
            {patterns.map((pattern) => (
              <li key={pattern.slug}>
                <a
                  href={`/${pattern.slug}`}
                  aria-current={pattern.slug === slug ? 'page' : undefined}
                >
                  {pattern.title}
                </a>
              </li>
            ))}
          </ul>
        </details>
      ))}
    </nav>
  );
}
