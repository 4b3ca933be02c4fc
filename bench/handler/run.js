// npm run bench runs it; alone: NODE_ENV=production node bench/handler/run.js
import {build, buildNext} from './support/build.js';
import {check, measure, median, megabytes} from './support/measure.js';
import {requests} from './support/requests.js';
import {servers} from './support/servers.js';

const ROUNDS = Number(process.env.ROUNDS ?? 5);
const CALLS = Number(process.env.CALLS ?? 5000);
const CONNECTIONS = Number(process.env.CONNECTIONS ?? 50);

await Promise.all([build(), buildNext()]);
const contenders = [];
for (const [name, start] of Object.entries(servers)) {
  const server = await start();
  contenders.push({name, server, requests: await requests(name, server.url)});
}
for (const scenario of Object.keys(contenders[0].requests)) report(scenario, await load(scenario));
for (const {server} of contenders) await server.stop();

/** What was measured in each round, by contender. They take turns, so that drift meets them all. */
async function load(scenario) {
  const results = new Map(contenders.map(({name}) => [name, []]));
  for (let round = -1; round < ROUNDS; round++) {
    for (const {name, server, requests} of contenders) {
      const request = requests[scenario];
      if (round < 0) await check(server, request);
      const result = await measure(server, request, {calls: CALLS, connections: CONNECTIONS});
      // Round -1 warms up.
      if (round >= 0) results.get(name).push(result);
    }
  }
  return results;
}

function report(scenario, results) {
  const base = results.get('hand-written');
  const ratio = (all, key) => Number(median(all.map((r, i) => r[key] / base[i][key])).toFixed(2));
  console.log(`\n${scenario} (${ROUNDS} rounds of ${CALLS} calls, ${CONNECTIONS} connections)`);
  console.table(
    Object.fromEntries(
      [...results].map(([name, all]) => [
        name,
        {
          'calls/s': Math.round(median(all.map(({perSecond}) => perSecond))),
          'of hand-written': ratio(all, 'perSecond'),
          'p50 ms': median(all.map(({p50}) => p50)),
          'p99 ms': median(all.map(({p99}) => p99)),
          'CPU µs per call': Math.round(median(all.map(({cpu}) => cpu))),
          'CPU, times hand-written': ratio(all, 'cpu'),
          'RSS MB': `${megabytes(all[0].rss)} to ${megabytes(all.at(-1).rss)}`,
        },
      ]),
    ),
  );
}
