/**
 * What is measured. `task` goes to `measure.js`; `edit` names the files that change before each rebuild,
 * in the application with directives and in the ready-made one, where a module that both graphs need
 * has a file for each.
 */
const builds = {
  client: {build: 'client'},
  'client + server': {build: 'pair'},
};

const cold = Object.entries(builds).flatMap(([name, build]) => [
  {
    name: `${name}, development`,
    task: {...build, mode: 'development', compiled: false},
  },
  {
    name: `${name}, development, no loaders`,
    task: {...build, mode: 'development', compiled: true},
  },
  {
    name: `${name}, production`,
    task: {...build, mode: 'production', compiled: false},
  },
]);

const cached = Object.entries(builds).map(([name, build]) => ({
  name: `${name}, cached rebuild`,
  task: {...build, mode: 'development', compiled: false, hasCache: true},
  // The first one fills the cache.
  warmUp: 2,
}));

const ordinary = ['src/lib/helper7.ts'];
const clientComponent = ['src/widgets/Widget7.tsx'];
const serverModule = 'src/actions/actions7.ts';
const stub = 'src/actions.client/actions7.js';

const edits = Object.entries({
  'an ordinary module': {with: ordinary, without: ordinary},
  'a client component': {with: clientComponent, without: clientComponent},
  'a server function': {
    with: [serverModule],
    // webpack builds what stands for the module in each graph.
    without: [serverModule, stub],
  },
});

const rebuilds = Object.entries(builds).flatMap(([name, build]) =>
  edits.map(([what, files]) => ({
    name: `${name}, edit of ${what}`,
    task: {
      ...build,
      mode: 'development',
      compiled: false,
      edit: {...files, rounds: 9, warmUp: 4},
    },
    warmUp: 0,
  })),
);

export const measurements = [...cold, ...cached, ...rebuilds];
