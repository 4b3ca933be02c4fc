import type {CallRecord, RecordedError, RecordedFunction, Refusal} from '../record.ts';
import {CHIP, groupOf, nameOf, placeOf, STATUS} from './calls.ts';
import {h} from './dom.ts';
import {bytes, phaseBar, phaseLegend, time} from './phases.ts';
import {valueTree} from './values.ts';

type Part = Node | undefined | false;

/** One part of what is shown of a call. */
export interface DetailPart {
  /** By which it is kept. */
  name: string;
  /** What it is made of: while that stays the same, so does the part. */
  of: unknown;
  make: () => Part;
}

/** Everything that is known of a call, one part after the other. */
export function detailParts(record: CallRecord): DetailPart[] {
  const {called, refusal, errors, passed, phases, streamed, moreStreamed} = record;
  const {answer, received, revalidated, sent} = record;
  return [
    {name: 'head', of: record, make: () => head(record)},
    {name: 'refusal', of: refusal, make: () => refusal && refusalPart(refusal)},
    ...errors.map((error, index) => ({
      ...{name: `error ${index}`, of: error},
      make: () => errorPart(error),
    })),
    {name: 'time', of: phases, make: () => phases.length > 0 && timePart(record)},
    {
      name: 'arguments',
      of: [called?.args, received],
      make: () => called && argumentsPart(record, called),
    },
    {
      name: 'captures',
      of: called?.captures,
      make: () => called?.captures && capturesPart(called.captures),
    },
    {
      name: 'result',
      of: [called?.result, sent],
      make: () => called?.result && resultPart(record, called.result),
    },
    {
      name: 'streamed',
      of: [streamed, moreStreamed],
      make: () =>
        streamed.length > 0 &&
        part('Streamed', `${streamed.length + moreStreamed} values`, 'server', valueTree(streamed)),
    },
    ...passed.map((one, index) => ({
      ...{name: `passed ${index}`, of: one},
      make: () => passedPart(one),
    })),
    {
      name: 'effects',
      of: [revalidated, answer?.cookies],
      make: () => effectsPart(record),
    },
    {name: 'answer', of: answer, make: () => answer && answerPart(answer)},
  ];
}

function head(record: CallRecord): Node {
  const {status, kind, duration, received, sent, redirect} = record;
  const {name, id} = nameOf(record);
  const facts = [
    h('span', {class: CHIP[groupOf(status)]}, STATUS[status]),
    kind === 'form' && h('span', {class: 'chip'}, 'form without JavaScript'),
    duration !== undefined && h('span', {class: 'chip'}, time(duration)),
    received !== undefined && h('span', {class: 'chip client'}, `${bytes(received)} received`),
    sent !== undefined && h('span', {class: 'chip server'}, `${bytes(sent)} sent`),
    redirect !== undefined && h('span', {class: 'chip'}, `redirect to ${redirect}`),
  ];
  const place = placeOf(record);
  return h(
    'div',
    {},
    h('h2', {}, name),
    h(
      'p',
      {class: 'soft'},
      [place, id && `id ${id}`, clock(record.time)].filter(Boolean).join(' · '),
    ),
    h('p', {class: 'facts'}, facts),
  );
}

/** @param note in small letters behind the title */
function part(
  title: string,
  note: string | undefined,
  color: 'server' | 'client' | 'sealed' | 'danger' | '',
  ...content: Part[]
): Node {
  return h(
    'section',
    {'aria-label': title},
    h('h3', {}, title, note !== undefined && h('span', {class: 'soft'}, note)),
    h('div', {class: `box ${color}`, tabindex: '0'}, content),
  );
}

function refusalPart({code, status, message, check, remedy}: Refusal): Node {
  return part(
    'Refused',
    `${status} ${code}`,
    'danger',
    h('p', {class: 'message'}, message),
    h('p', {}, h('b', {}, 'Refused by: '), check),
    remedy !== undefined && h('p', {}, h('b', {}, 'To let it pass: '), remedy),
  );
}

function errorPart({name, message, frames, codeFrame}: RecordedError): Node {
  const own = frames.find((frame) => frame.isOwn);
  return part(
    name,
    own && `${own.file}:${own.line}`,
    'danger',
    h('p', {class: 'message'}, message),
    codeFrame && h('pre', {class: 'frame', tabindex: '0'}, frameNodes(codeFrame)),
    frames.length > 0 &&
      h(
        'details',
        {},
        h('summary', {}, 'Stack'),
        h(
          'ol',
          {class: 'stack'},
          frames.map((frame) =>
            h(
              'li',
              frame.isOwn ? {class: 'own'} : {},
              `${frame.functionName ?? '(no name)'} ${frame.file}:${frame.line}`,
            ),
          ),
        ),
      ),
  );
}

function frameNodes(lines: NonNullable<RecordedError['codeFrame']>): Node[] {
  return lines
    .filter(({kind}) => kind !== 'pointer')
    .map(({kind, pieces}) => {
      const nodes = pieces.map((piece) => h('span', {class: piece.kind}, piece.text));
      return h('span', {class: `line ${kind}`}, nodes, '\n');
    });
}

function timePart(record: CallRecord): Node {
  return part('Time', undefined, '', phaseBar(record, true), phaseLegend(record));
}

function argumentsPart({received}: CallRecord, {args}: RecordedFunction): Node {
  const note = received === undefined ? undefined : `as they were decoded, from ${bytes(received)}`;
  const content =
    args.length === 0
      ? h('p', {class: 'soft'}, 'None.')
      : valueTree(args.map((arg, index) => [String(index + 1), arg]));
  return part('Arguments', note, 'client', content);
}

function capturesPart(captures: NonNullable<RecordedFunction['captures']>): Node {
  return part(
    'Captured variables',
    'travelled encrypted, opened here',
    'sealed',
    valueTree(captures),
  );
}

function resultPart({sent}: CallRecord, result: NonNullable<RecordedFunction['result']>): Node {
  const note = sent === undefined ? undefined : `as it was returned, sent as ${bytes(sent)}`;
  return part('Result', note, 'server', valueTree([['', result]]));
}

function passedPart({id, args, captures, result, error}: RecordedFunction): Node {
  const values = [
    ...args.map((arg, index) => [`argument ${index + 1}`, arg] as const),
    ...(captures ?? []),
    ...(result ? [['result', result] as const] : []),
  ];
  return part(
    'Called among the arguments',
    id,
    'server',
    valueTree(values),
    error && h('p', {class: 'message'}, `${error.name}: ${error.message}`),
  );
}

function effectsPart({revalidated, answer}: CallRecord): Part {
  const cookies = answer?.cookies ?? [];
  if (revalidated.length + cookies.length === 0) return undefined;
  return part(
    'What it changed',
    undefined,
    'server',
    pairs([
      ...revalidated.map((one): [string, string] => ['revalidated', one]),
      ...cookies.map((one): [string, string] => ['cookie', one]),
    ]),
  );
}

function answerPart({status, headers}: NonNullable<CallRecord['answer']>): Node {
  // The part "Time" says the same.
  const shown = headers.filter(([name]) => name !== 'server-timing');
  return part('Answer', `status ${status}`, '', pairs(shown));
}

/** The request, whose secrets show when somebody asks for them. */
export function requestPart(
  record: CallRecord,
  headers: CallRecord['headers'],
  reveal: Part,
): Node {
  const {method, url} = record;
  return part('Request', `${method} ${url}`, '', pairs(headers), reveal);
}

function pairs(list: readonly (readonly [name: string, value: string])[]): Node {
  return h(
    'dl',
    {class: 'pairs'},
    list.flatMap(([name, value]) => [h('dt', {}, name), h('dd', {}, value)]),
  );
}

export function clock(milliseconds: number): string {
  const date = new Date(milliseconds);
  const text = date.toLocaleTimeString(undefined, {hour12: false});
  return `${text}.${String(date.getMilliseconds()).padStart(3, '0')}`;
}
