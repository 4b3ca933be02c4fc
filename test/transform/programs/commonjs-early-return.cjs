// A CommonJS module may end early; what it has exported by then counts.
const results = {};
function Page(x) {
  results.save = async (y) => {
    'use server';
    return ['save', x, y];
  };
  return results.save;
}
async function hoisted() {
  'use server';
  return 'hoisted';
}
exports.scenario = async (call) => [await call(Page(1), 2), await call(hoisted)];
if (results.never) return;
else if (results.nothing) return results.nothing, results
for (const end of ['now']) {
  try {
    if (end === 'now') return (exports.last = end)
  } finally {
    exports.end = end;
  }
}
exports.scenario = null;
