import {groups} from '../patterns.ts';
import {Document} from './Document.tsx';

export function StartPage() {
  return (
    <Document title="Server functions, one by one">
      <h1>Server functions, one by one</h1>
      <p className="summary">
        React Server Functions with webpack and plain Node. Each page runs one pattern, and shows
        the code that runs.
      </p>
      {groups.map(({name, patterns}) => (
        <section key={name} className="group">
          <h2>{name}</h2>
          <ul className="cards">
            {patterns.map(({slug, title, summary}) => (
              <li key={slug}>
                <a href={`/${slug}`}>{title}</a>
                <p>{summary}</p>
              </li>
            ))}
          </ul>
        </section>
      ))}
    </Document>
  );
}
