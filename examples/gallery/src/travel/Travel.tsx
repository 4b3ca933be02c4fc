'use client';
import {useEffect, useState} from 'react';
import type {Exchange, Header, Part, Row, Value} from './exchange.ts';
import {useLastExchange} from './recorder.ts';

/**
 * What the last call sent, and what came back.
 *
 * @param props.post of a form that was sent without JavaScript
 */
export function Travel({post}: {post?: Exchange | undefined}) {
  const exchange = useLastExchange() ?? post;
  const [isOpen, setIsOpen] = useState(false);
  useEffect(() => setIsOpen(matchMedia('(min-width: 80rem)').matches), []);
  return (
    <details
      className="travel"
      open={isOpen || undefined}
      onToggle={(event) => setIsOpen(event.currentTarget.open)}
    >
      <summary>
        <h2>What travelled</h2>
        <span className="summary-line">{exchange ? summarize(exchange) : 'nothing yet'}</span>
      </summary>
      {exchange ? <Details exchange={exchange} /> : <p className="hint">Call something above.</p>}
    </details>
  );
}

function summarize({answer, end}: Exchange): string {
  if (!answer) return end?.how ?? 'on its way';
  const rows = answer.rows.length;
  const time = end ? `${end.at} ms` : 'and on';
  return [answer.status, rows > 0 && `${rows} ${rows === 1 ? 'row' : 'rows'}`, time]
    .filter(Boolean)
    .join(' · ');
}

function Details({exchange: {method, path, headers, body, answer, end}}: {exchange: Exchange}) {
  return (
    <>
      <section aria-label="Request">
        <h3>
          Request{' '}
          <code>
            {method} {path}
          </code>
        </h3>
        <Headers headers={headers} />
        <dl className="parts">
          {body.map((part, i) => (
            <BodyPart key={i} {...part} />
          ))}
        </dl>
      </section>
      <section aria-label="Answer">
        <h3>
          Answer <code>{answer?.status ?? 'none'}</code>{' '}
          <span className="hint">{end ? `${end.how}, ${end.at} ms` : 'on its way'}</span>
        </h3>
        {answer && <Headers headers={answer.headers} />}
        {/* In reach of the keyboard, because it scrolls. */}
        <ol className="rows" tabIndex={0} aria-label="Rows of the answer">
          {answer?.rows.map((row, i) => (
            <FlightRow key={i} {...row} />
          ))}
        </ol>
      </section>
    </>
  );
}

function Headers({headers}: {headers: Header[]}) {
  return (
    <ul className="headers">
      {headers.map(([name, value]) => (
        <li key={name}>
          <code>
            <b>{name}</b>: {value}
          </code>
        </li>
      ))}
    </ul>
  );
}

function BodyPart({name, note, value}: Part) {
  return (
    <div>
      <dt>
        <code>{name}</code> <span>{note}</span>
      </dt>
      <dd>
        <ValueText {...value} />
      </dd>
    </div>
  );
}

function FlightRow({at, id, note, value}: Row) {
  return (
    <li>
      <p className="row-head">
        <code>{id}</code> {note} <time>+{at} ms</time>
      </p>
      {value.text !== '' && <ValueText {...value} />}
    </li>
  );
}

function ValueText({text, legend}: Value) {
  return (
    <>
      <pre>{text || '(empty)'}</pre>
      {legend.length > 0 && (
        <p className="legend">
          {legend.map(([sign, meaning]) => (
            <span key={sign}>
              <code>{sign}</code> {meaning}
            </span>
          ))}
        </p>
      )}
    </>
  );
}
