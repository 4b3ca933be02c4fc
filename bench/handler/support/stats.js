// Loaded into every server before anything else: says what it has used so far when it is asked.
process.on('message', (message) => {
  if (message !== 'stats') return;
  globalThis.gc?.();
  const {user, system} = process.cpuUsage();
  const {rss, heapUsed} = process.memoryUsage();
  process.send({stats: {cpu: (user + system) / 1000, rss, heapUsed}});
});
// The program that started the server is gone.
process.on('disconnect', () => process.exit());
