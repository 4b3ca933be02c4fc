import {styleText} from 'node:util';

/** Gives a text the look of its part, in a terminal that shows it. */
export interface Styles {
  failed: (text: string) => string;
  name: (text: string) => string;
  place: (text: string) => string;
  faint: (text: string) => string;
  marked: (text: string) => string;
}

const asItIs = (text: string) => text;
const PLAIN: Styles = {
  failed: asItIs,
  name: asItIs,
  place: asItIs,
  faint: asItIs,
  marked: asItIs,
};

type Format = Parameters<typeof styleText>[0];

const styled = (format: Format) => (text: string) => styleText(format, text, UNCHECKED);
/** What is written to is checked here, since Node would look at the standard output. */
const UNCHECKED = {validateStream: false};
const COLOURED: Styles = {
  failed: styled(['red', 'bold']),
  name: styled('bold'),
  place: styled('cyan'),
  faint: styled('gray'),
  marked: styled('red'),
};

/** How errors are written: in colours on a terminal that has some, unless `NO_COLOR` is set. */
export function terminalStyles(): Styles {
  return hasColours() ? COLOURED : PLAIN;
}

/** See https://no-color.org, and https://force-color.org for a terminal behind another process. */
function hasColours(): boolean {
  const {NO_COLOR, FORCE_COLOR} = process.env;
  if (NO_COLOR) return false;
  if (FORCE_COLOR !== undefined) return FORCE_COLOR !== '0' && FORCE_COLOR !== 'false';
  const {stderr} = process;
  return stderr.isTTY && stderr.hasColors();
}
