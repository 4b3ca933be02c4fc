import {ScanProgress} from '../../src/webpack/scanProgress.ts';

/** What is logged of a scan, whose clock moves on with each file. */
function scan({total, each, isAppendOnly}: {total: number; each: number; isAppendOnly: boolean}) {
  let time = 0;
  const lines: string[] = [];
  const logger = {
    info: (...args: unknown[]) => void lines.push(`info ${args.join(' ')}`),
    status: (...args: unknown[]) => void lines.push(`status ${args.join(' ')}`),
  };
  const progress = new ScanProgress(logger, {total, isAppendOnly, now: () => time});
  for (let i = 0; i < total; i++) {
    time += each;
    progress.fileDone();
  }
  progress.end();
  return lines;
}

const COUNT = 'Looking for "use server" and "use client":';

test('a scan that is soon over says nothing', () => {
  expect(scan({total: 1000, each: 1, isAppendOnly: false})).toEqual([]);
});

test('a long scan counts in one line of the terminal, and says at its end how long it took', () => {
  const lines = scan({total: 3000, each: 1, isAppendOnly: false});
  expect(lines.slice(0, 4)).toEqual([
    `status ${COUNT} 1,500 of 3,000 files`,
    `status ${COUNT} 2,000 of 3,000 files`,
    `status ${COUNT} 2,500 of 3,000 files`,
    `status ${COUNT} 3,000 of 3,000 files`,
  ]);
  expect(lines.slice(4)).toEqual([
    'status ',
    expect.stringContaining('info Looked through 3,000 files in 3.0 s.'),
  ]);
});

test('a log that takes no line back gets one count', () => {
  const lines = scan({total: 3000, each: 1, isAppendOnly: true});
  expect(lines).toEqual([
    `info ${COUNT} 1,500 of 3,000 files`,
    expect.stringContaining('info Looked through'),
  ]);
});
