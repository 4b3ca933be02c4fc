// Sends functions where an example expects data. Arguments: the URL of its server, and ids of functions
// that are listed. Prints how many requests were answered by which status.
import {bodyWith, formWith, places} from '../../server/support/hostileFunctions.mjs';
import {methodNames, refusedNames} from '../../server/support/methodNames.mjs';

const [, , url, ...ids] = process.argv;
const statuses = {};

for (const id of ids) {
  for (const passedId of ids) {
    for (const [place, {takesBound = true}] of Object.entries(places)) {
      for (const bound of takesBound ? [undefined, ['text', '$h3']] : [undefined]) {
        for (const names of [methodNames, refusedNames]) {
          const given = [place, {id: passedId, bound, boundId: passedId}, names];
          await post(new URL('rsc-action', url), bodyWith(...given), {
            'X-Action-Id': encodeURI(id),
          });
          await post(url, formWith(id, ...given));
        }
      }
    }
  }
}
console.log(JSON.stringify(statuses));

async function post(target, fields, headers = {}) {
  const body = new FormData();
  for (const [name, value] of fields) body.append(name, value);
  const all = {'Sec-Fetch-Site': 'same-origin', ...headers};
  const response = await fetch(target, {method: 'POST', body, headers: all, redirect: 'manual'});
  await response.text();
  statuses[response.status] = (statuses[response.status] ?? 0) + 1;
}
