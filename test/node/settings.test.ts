import {createHmac} from 'node:crypto';
import {mkdtempSync, realpathSync, symlinkSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {formatId} from '../../src/references/ids.ts';
import {inspect} from './support/inspect.ts';
import {fixtures, nodeBinaries, REACT_SERVER, REGISTER, runNode} from './support/node.ts';

const cwd = join(fixtures, 'esm');
const [node] = nodeBinaries as [(typeof nodeBinaries)[number]];
const flags = [...REACT_SERVER, ...REGISTER];
const modules = ['import:./actions.js'];

async function idOfSave(env: Record<string, string>): Promise<string | null> {
  const {report} = await inspect({node, modules, flags, cwd, env});
  return report['import:./actions.js']!.exports!['save']!.id;
}

async function failure(env: Record<string, string>): Promise<string> {
  const {stderr, exitCode} = await runNode({node, args: [...flags, 'actions.js'], cwd, env});
  expect(exitCode).toBe(1);
  return stderr;
}

describe('the project root', () => {
  it('is the working directory unless said otherwise', async () => {
    expect(await idOfSave({})).toBe('actions.js#save');
  });

  it('is what USE_SERVER_ROOT says', async () => {
    expect(await idOfSave({USE_SERVER_ROOT: fixtures})).toBe('esm/actions.js#save');
  });

  it('may be relative to the working directory', async () => {
    expect(await idOfSave({USE_SERVER_ROOT: '..'})).toBe('esm/actions.js#save');
  });

  it('may be reached through a symbolic link, because modules have their real path', async () => {
    const link = join(realpathSync(mkdtempSync(join(tmpdir(), 'root-'))), 'link');
    symlinkSync(fixtures, link);
    expect(await idOfSave({USE_SERVER_ROOT: link})).toBe('esm/actions.js#save');
  });

  it('is refused when it does not exist', async () => {
    expect(await failure({USE_SERVER_ROOT: '/no/such/folder'})).toContain(
      'The environment variable USE_SERVER_ROOT must be the path of a folder, but "/no/such/folder" is none',
    );
  });
});

describe('the format of ids', () => {
  it('can be hashed, by the same hash as in webpack', async () => {
    expect(await idOfSave({USE_SERVER_IDS: 'hashed'})).toBe(
      formatId({path: 'actions.js', exportName: 'save'}, {ids: 'hashed'}),
    );
  });

  it('can be hashed with a secret, as in webpack', async () => {
    const key = '0123456789abcdefghijklmnopqrstuv';
    const secret = Buffer.from(key).toString('base64');
    const ids = {USE_SERVER_IDS: 'hashed', USE_SERVER_ID_SECRET: secret};

    expect(await idOfSave(ids)).toBe(
      createHmac('sha256', key).update('actions.js#save').digest('hex').slice(0, 40),
    );
  });

  it('is refused with a secret that is none', async () => {
    expect(await failure({USE_SERVER_IDS: 'hashed', USE_SERVER_ID_SECRET: 'secret'})).toContain(
      'The environment variable USE_SERVER_ID_SECRET must be 32 random bytes in base64.',
    );
  });

  it('is refused when it is unknown', async () => {
    expect(await failure({USE_SERVER_IDS: 'short'})).toContain(
      'The environment variable USE_SERVER_IDS must be "path" or "hashed", but it is "short".',
    );
  });
});

describe('the prefix of ids', () => {
  it('is what USE_SERVER_ID_PREFIX says', async () => {
    expect(await idOfSave({USE_SERVER_ID_PREFIX: 'shop'})).toBe('shop:actions.js#save');
  });

  it.each(['my shop', 'a/b'])('is refused as %j', async (value) => {
    expect(await failure({USE_SERVER_ID_PREFIX: value})).toContain(
      'The environment variable USE_SERVER_ID_PREFIX must be a name as npm packages have it',
    );
  });
});

describe('plugins of the parser', () => {
  const withNatives = (env: Record<string, string>) =>
    inspect({
      node,
      modules: ['import:./natives.js'],
      flags: [...flags, '--allow-natives-syntax'],
      cwd,
      env,
    });

  it.each([
    'v8intrinsic',
    'throwExpressions, v8intrinsic',
    '["v8intrinsic"]',
    '[["v8intrinsic", {}]]',
  ])('are those of USE_SERVER_PARSER_PLUGINS=%s', async (value) => {
    const {report} = await withNatives({USE_SERVER_PARSER_PLUGINS: value});
    expect(report['import:./natives.js']!.exports!['save']!.id).toBe('natives.js#save');
  });

  it('are none by default', async () => {
    const {report} = await withNatives({});
    expect(report['import:./natives.js']!.error!.message).toContain('Unexpected token');
  });

  it.each(['[5]', '["a", ["b"]]', '["a"', '[{"name": "a"}]'])(
    'are refused as %s',
    async (value) => {
      expect(await failure({USE_SERVER_PARSER_PLUGINS: value})).toContain(
        'The environment variable USE_SERVER_PARSER_PLUGINS must be a list of plugins of @babel/parser',
      );
    },
  );
});

describe('hooks that are chained by hand', () => {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'loader-')));

  const chained = async (data: unknown) => {
    const file = join(folder, 'chain.mjs');
    const parent = join(fixtures, 'esm/main.js');
    writeFileSync(
      file,
      `import {register} from 'node:module';
       register('use-server-webpack-plugin/loader', ${JSON.stringify(`file://${parent}`)}, {data: ${JSON.stringify(data)}});`,
    );
    return inspect({node, modules, flags: [...REACT_SERVER, '--import', file], cwd});
  };

  it('take the root and the format of ids as their data', async () => {
    const {report} = await chained({root: fixtures, ids: 'hashed'});
    expect(report['import:./actions.js']!.exports!['save']!.id).toBe(
      formatId({path: 'esm/actions.js', exportName: 'save'}, {ids: 'hashed'}),
    );
  });

  it('take plugins of the parser', async () => {
    const {report} = await chained({parserPlugins: ['throwExpressions']});
    expect(report['import:./actions.js']!.exports!['save']!.id).toBe('actions.js#save');
    await expect(chained({parserPlugins: 'throwExpressions'})).rejects.toThrow(
      'The option "parserPlugins" of the Node hooks must be a list',
    );
  });

  it('refuse an option that does not exist', async () => {
    await expect(chained({rot: '/'})).rejects.toThrow('The Node hooks have no option "rot"');
  });
});
