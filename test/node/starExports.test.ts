import {join} from 'node:path';
import {inspect} from './support/inspect.ts';
import {fixtures, nodeBinaries, REACT_SERVER, REGISTER} from './support/node.ts';

const cwd = join(fixtures, 'stars');

describe.each(nodeBinaries)('$label: "export *" in a "use server" module', (node) => {
  const load = async (module: string, flags: string[]) => {
    const {report} = await inspect({node, modules: [module], flags, cwd});
    return report[module]!;
  };

  it('gives every function behind it an id of the module that exports it', async () => {
    const {exports} = await load('import:./all.js', [...REACT_SERVER, ...REGISTER]);
    expect(Object.keys(exports!)).toEqual(['deep', 'erase', 'own', 'round', 'save']);
    for (const [name, {id, type}] of Object.entries(exports!)) {
      expect({name, id, type}).toEqual({
        name,
        id: `all.js#${name}`,
        type: 'react.server.reference',
      });
    }
    expect(exports!['erase']!.result).toBe('removed a');
  });

  it('gives the SSR graph a reference for each', async () => {
    const {exports} = await load('import:./all.js', REGISTER);
    expect(Object.keys(exports!)).toEqual(['deep', 'erase', 'own', 'round', 'save']);
  });

  it('finds TypeScript files behind ".js", as TypeScript writes them', async () => {
    const flags = [...REACT_SERVER, ...REGISTER, '--import', 'tsx'];
    const {exports} = await load('import:./typed.ts', flags);
    expect(Object.keys(exports!)).toEqual(['save', 'tag']);
    expect(exports!['tag']).toMatchObject({id: 'typed.ts#tag', result: 'tag a'});
  });

  it('follows the conditions that Node was started with', async () => {
    const namesWith = async (...flags: string[]) => {
      const all = [...flags, ...REACT_SERVER, ...REGISTER];
      return Object.keys((await load('import:./conditional.js', all)).exports!);
    };
    expect(await namesWith()).toEqual(['erase']);
    expect(await namesWith('--conditions', 'memory')).toEqual(['forget']);
    expect(await namesWith('--conditions=memory')).toEqual(['forget']);
    expect(await namesWith('-C', 'memory')).toEqual(['forget']);
  });

  it('is an error where the names cannot be found out', async () => {
    const {error} = await load('import:./unknown.js', [...REACT_SERVER, ...REGISTER]);
    expect(error!.message).toContain(`${join(cwd, 'unknown.js')}:4:1 unknown-star-export`);
    expect(error!.message).toContain('no-such-package');
    expect(error!.message).not.toContain('"./notes.js"" exports');
  });
});
