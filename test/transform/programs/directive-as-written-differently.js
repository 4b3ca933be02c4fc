// Only quotes and what stands between them count; comments may stand before.
function Page(id) {
  return [
    async () => {
      /* comment */ "use server" // 'use client'
      return ['double quotes', id];
    },
    async () => { 'use server'; return ['one line', id]; },
    async () => {
      'use strict';
      'use server';
      return ['after another', id];
    },
    async () => { 'use server' },
    async function () {
      'use server';
      const text = 'use server';
      const object = {'use server': 1};
      return [text, object['use server'], `${'use server'}`, id];
    },
  ];
}
export async function scenario(call) {
  const results = [];
  for (const fn of Page('id')) results.push(await call(fn));
  return results;
}
