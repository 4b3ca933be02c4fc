import {join} from 'node:path';
import {inspect} from './support/inspect.ts';
import {fixtures, nodeBinaries, REGISTER, runNode} from './support/node.ts';

const cases = nodeBinaries.flatMap((node) => [
  {node, kind: 'an ES module', cwd: join(fixtures, 'esm'), script: 'form.js', file: 'actions.js'},
  {node, kind: 'CommonJS', cwd: join(fixtures, 'cjs'), script: 'form.cjs', file: 'actions.cjs'},
]);

describe.each(cases)('$node.label: $kind without the condition', ({node, cwd, script, file}) => {
  let html: {plain: string; bound: string; call: string};

  beforeAll(async () => {
    const {stdout, stderr} = await runNode({node, args: [...REGISTER, script], cwd});
    if (!stdout) throw new Error(stderr);
    html = JSON.parse(stdout);
  });

  it('renders a form that posts the id of its server function', () => {
    expect(html.plain).toContain('method="POST"');
    expect(html.plain).toContain(`<input type="hidden" name="$ACTION_ID_${file}#save"/>`);
  });

  it('renders bound arguments as fields of the form', () => {
    expect(html.bound).toContain('name="$ACTION_REF_');
    expect(html.bound).toContain(`&quot;id&quot;:&quot;${file}#save&quot;`);
    expect(html.bound).toContain('note 7');
  });

  it('refuses a call during render', () => {
    expect(html.call).toMatch(/server function/i);
  });
});

describe.each(nodeBinaries)('$label: a "use server" module without the condition', (node) => {
  it('never runs its own code', async () => {
    const cwd = join(fixtures, 'esm');
    const modules = ['import:./secret.js'];
    const {report, stderr} = await inspect({node, modules, flags: REGISTER, cwd});
    expect(Object.keys(report['import:./secret.js']!.exports!)).toEqual(['reveal']);
    expect(stderr).not.toContain('module of the server was run');
  });
});
