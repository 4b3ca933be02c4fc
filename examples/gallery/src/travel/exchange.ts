/** A request and its answer, as the panel "What travelled" shows them. */
export interface Exchange {
  method: string;
  path: string;
  headers: Header[];
  body: Part[];
  answer?: {status: number; headers: Header[]; rows: Row[]};
  /** How it ended, and after how many milliseconds. */
  end?: {how: string; at: number};
}

export type Header = [name: string, value: string];

/** A part of a request's body. */
export interface Part {
  name: string;
  /** What it is, in half a sentence. */
  note: string;
  value: Value;
}

/** A row of React's Flight format. */
export interface Row {
  /** Milliseconds after the request was sent. */
  at: number;
  id: string;
  /** What it is, in half a sentence. */
  note: string;
  value: Value;
}

/** What travelled, for people to read. */
export interface Value {
  text: string;
  /** What the parts of it mean: `$F1`, "reference to a server function". */
  legend: [sign: string, meaning: string][];
}

/** Of the headers those that calls are about. */
export function telling(headers: Headers): Header[] {
  return [...headers].filter(([name]) => /^(x-action-|content-type$|location$)/.test(name));
}
