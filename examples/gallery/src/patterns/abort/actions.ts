'use server';
import {memory, sleep} from '../../memory.ts';

const log = memory({last: 'nothing yet'});

export async function count() {
  return numbers();
}

async function* numbers() {
  let i = 0;
  try {
    while (i < 100) {
      await sleep(200);
      yield ++i;
    }
  } finally {
    log.last = `stopped at ${i}`;
  }
}

export async function readLog() {
  return log.last;
}
