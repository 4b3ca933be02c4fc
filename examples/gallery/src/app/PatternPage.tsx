import type {Exchange} from '../travel/exchange.ts';
import {Travel} from '../travel/Travel.tsx';
import {patterns, type Pattern} from '../patterns.ts';
import {Code} from './Code.tsx';
import {Demo, type DemoProps} from './Demo.tsx';
import {Document} from './Document.tsx';
import {Stage} from './Stage.tsx';

interface Props extends DemoProps {
  pattern: Pattern;
  /** What has just been posted without JavaScript. */
  post?: Exchange | undefined;
}

export function PatternPage({pattern, post, ...props}: Props) {
  const {slug, title, summary} = pattern;
  return (
    <Document title={`${title} – server functions`} slug={slug}>
      <h1>{title}</h1>
      <p className="summary">{summary}</p>
      <div className="pattern">
        <section className="demo" aria-labelledby="demo-title">
          <h2 id="demo-title">Running</h2>
          <Stage>
            <Demo slug={slug} {...props} />
          </Stage>
          <Travel post={post} />
        </section>
        <Code slug={slug} />
      </div>
      <Neighbours of={pattern} />
    </Document>
  );
}

function Neighbours({of}: {of: Pattern}) {
  const index = patterns.indexOf(of);
  const [previous, next] = [patterns[index - 1], patterns[index + 1]];
  return (
    <nav className="neighbours" aria-label="Neighbours">
      {previous && (
        <a href={`/${previous.slug}`} rel="prev">
          <span>Previous</span> {previous.title}
        </a>
      )}
      {next && (
        <a href={`/${next.slug}`} rel="next">
          <span>Next</span> {next.title}
        </a>
      )}
    </nav>
  );
}
