// What is captured beside its own arguments, and what is compared, are the same objects on the other side.
export async function archive(note, text) {
  'use server';
  return [note.id, text];
}
export async function restore() {
  'use server';
  return 'restored';
}
const labels = new Map([
  [archive, 'Archive'],
  [restore, 'Restore'],
]);

function Toolbar({action, actions, note}) {
  const bound = archive.bind(null, note);
  const rows = [{id: 1}, {id: 2}].map((row) => ({row, archive: archive.bind(null, row)}));
  const form = <form action={archive.bind(null, note)}>{note.title}</form>;
  return [
    async () => {
      'use server';
      return [action === archive, action === restore, labels.get(action) ?? 'none'];
    },
    async () => {
      'use server';
      return [new Set(actions).size, actions.indexOf(restore), new Map([[actions[0], 1]]).get(archive)];
    },
    async (text) => {
      'use server';
      return [await bound(text), note.id];
    },
    async () => {
      'use server';
      const list = rows;
      return [await list[0].archive('x'), list[1].row.id, await list[1].archive('y')];
    },
    async (text) => {
      'use server';
      const element = form;
      return [element.type, element.props.children, await element.props.action(text), note.title];
    },
    async () => {
      'use server';
      const twice = bound.bind(null, 'bound');
      return [await twice(), bound === twice, typeof bound.bind];
    },
  ];
}

function Page(id) {
  const shared = {count: 0};
  async function save() {
    'use server';
    return 'saved';
  }
  const remove = async () => {
    'use server';
    return 'removed';
  };
  async function count() {
    'use server';
    return [shared.count, id];
  }
  const [current] = [save, remove];
  const table = {save, remove, again: [save], count};
  return [
    async () => {
      'use server';
      return current === save ? 'save' : current === remove ? 'remove' : 'neither';
    },
    async () => {
      'use server';
      const all = table;
      return [all.save === all.again[0], all.save === save, all.remove === remove, await all.save()];
    },
    async () => {
      'use server';
      const all = table;
      return [await all.count(), shared.count];
    },
    async () => {
      'use server';
      return [await save(), await remove(), (await Promise.all([save, remove].map((fn) => fn()))).length];
    },
  ];
}

/** A table whose functions hold the table. */
function Circle(name) {
  const table = {name, items: []};
  table.add = async (item) => {
    'use server';
    const all = table;
    return [all.name, item, typeof all.add, all.items.length];
  };
  return table;
}

export async function scenario(call) {
  const results = [];
  const note = {id: 7, title: 'note'};
  for (const fn of Toolbar({action: archive, actions: [restore, archive, restore], note})) {
    results.push(await call(fn, 'text'));
  }
  for (const fn of Page('page')) results.push(await call(fn));
  const circle = Circle('circle');
  results.push(await call(circle.add, 'item'));
  return results;
}
