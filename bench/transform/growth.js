import {transform} from 'use-server-webpack-plugin/transform';

/** Time by size: once with a component per server function, once with all of them in one component. */
for (const [title, build] of Object.entries({
  'a component each': (count) => Array.from({length: count}, (_, i) => component(i, action(i))),
  'all in one component': (count) => [
    component(0, Array.from({length: count}, (_, i) => action(i)).join('')),
  ],
})) {
  console.log(`\nServer functions of 17 lines, ${title}`);
  const rows = [125, 250, 500, 1000].map((count) => {
    const source = build(count).join('');
    return {
      functions: count,
      lines: source.split('\n').length,
      'median ms': Number(medianTime(source).toFixed(1)),
    };
  });
  console.table(
    rows.map((row) => ({
      ...row,
      'ms per 1,000 lines': Number(((row['median ms'] / row.lines) * 1000).toFixed(2)),
    })),
  );
}

function medianTime(source) {
  const times = Array.from({length: 7}, () => {
    const start = performance.now();
    transform(source, {filename: '/app/page.tsx', root: '/app', target: 'server'});
    return performance.now() - start;
  });
  return times.sort((a, b) => a - b)[3];
}

function component(i, body) {
  return `function Page${i}({note}) {\n  const author = note.author;\n${body}  return <form action={save${i}} />;\n}\n`;
}

function action(i) {
  const statements = `    await db.put(note.id, data.get('x'), author);\n`.repeat(14);
  return `  async function save${i}(data) {\n    'use server';\n${statements}  }\n`;
}
