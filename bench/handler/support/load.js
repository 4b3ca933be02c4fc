// A process of its own. `node load.js '{"url", "path", "connections", "amount", …}'` prints what it measured.
import autocannon from 'autocannon';

const {status, url, path, ...options} = JSON.parse(process.argv[2]);
const {start, finish, latency, errors, statusCodeStats, requests} = await autocannon({
  ...options,
  url: url + path,
  // Milliseconds: how exactly the end is known.
  sampleInt: 20,
});
const answered = statusCodeStats[status]?.count ?? 0;
if (errors > 0 || answered !== requests.total) {
  throw new Error(`Not all calls were answered by ${status}: ${JSON.stringify(statusCodeStats)}`);
}
console.log(
  JSON.stringify({
    calls: answered,
    perSecond: (1000 * answered) / (finish - start),
    p50: latency.p50,
    p99: latency.p99,
  }),
);
