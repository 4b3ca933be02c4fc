import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {assertPeers, PeerError} from '../../src/references/peers.ts';
import {nodeBinaries, REGISTER, repository, runNode} from './support/node.ts';

const installed = (versions: Record<string, string>) => () =>
  assertPeers((name) => versions[name] ?? null);

const npmInstall = (version: string) =>
  `npm install react@${version} react-dom@${version} react-server-dom-webpack@${version}`;

describe('the check of the peers', () => {
  it.each(['19.3.1', '19.3.2', '19.10.0'])('takes version %s of all three', (version) => {
    installed({react: version, 'react-dom': version, 'react-server-dom-webpack': version})();
  });

  it('says what to type when one is missing', () => {
    const check = installed({react: '19.3.1', 'react-dom': '19.3.1'});
    expect(check).toThrow(PeerError);
    expect(check).toThrow('needs react-server-dom-webpack, which is not installed');
    expect(check).toThrow(npmInstall('^19.3.1'));
  });

  it('names all that are missing', () => {
    expect(installed({react: '19.3.1'})).toThrow(
      'needs react-dom and react-server-dom-webpack, which are not installed',
    );
  });

  it.each(['18.3.1', '19.3.0', '20.0.0', '19.4.0-canary-1', '0.0.0-experimental-1'])(
    'refuses version %s, whose wire format is another',
    (version) => {
      const check = installed({
        react: version,
        'react-dom': version,
        'react-server-dom-webpack': version,
      });
      expect(check).toThrow(`found react@${version}, react-dom@${version} and`);
      expect(check).toThrow(npmInstall('^19.3.1'));
    },
  );

  it('refuses versions that differ, and asks for the newest of them', () => {
    const check = installed({
      react: '19.3.1',
      'react-dom': '19.3.1',
      'react-server-dom-webpack': '19.10.0',
    });
    expect(check).toThrow('must all have the same version');
    expect(check).toThrow(npmInstall('19.10.0'));
  });
});

describe('register in a project without React', () => {
  it('ends with the command to type, before anything is loaded', async () => {
    const project = realpathSync(mkdtempSync(join(tmpdir(), 'no-react-')));
    installWithoutReact(project);
    writeFileSync(join(project, 'server.mjs'), 'console.log("started")');
    const [node] = nodeBinaries as [(typeof nodeBinaries)[number]];
    const {stdout, stderr, exitCode} = await runNode({
      node,
      args: [...REGISTER, 'server.mjs'],
      cwd: project,
    });
    expect(exitCode).toBe(1);
    expect(stdout).toBe('');
    expect(stderr).toContain('needs react, react-dom and react-server-dom-webpack');
    expect(stderr).toContain(npmInstall('^19.3.1'));
  });
});

describe('a server on a React with known vulnerabilities', () => {
  const OLD = '19.1.0';
  let project: string;
  beforeAll(() => {
    project = realpathSync(mkdtempSync(join(tmpdir(), 'old-react-')));
    installWithoutReact(project);
    for (const name of ['react', 'react-dom', 'react-server-dom-webpack']) {
      const copy = join(project, 'node_modules', name);
      cpSync(join(repository, 'node_modules', name), copy, {recursive: true});
      if (name !== 'react-server-dom-webpack') continue;
      const manifest = join(copy, 'package.json');
      const content = JSON.parse(readFileSync(manifest, 'utf8')) as object;
      writeFileSync(manifest, JSON.stringify({...content, version: OLD}));
    }
    writeFileSync(
      join(project, 'server.mjs'),
      `import {createServerFunctionHandler} from 'use-server-webpack-plugin/server';
       createServerFunctionHandler({manifest: {}});
       console.log('started');`,
    );
  });
  const [node] = nodeBinaries as [(typeof nodeBinaries)[number]];

  it.each([
    ['the package is registered', REGISTER],
    ['the handler is made without that', ['--conditions', 'react-server']],
  ])('ends when %s, with the versions to install', async (_when, flags) => {
    const args = [...flags, 'server.mjs'];
    const {stdout, stderr, exitCode} = await runNode({node, args, cwd: project});
    expect(exitCode).toBe(1);
    expect(stdout).toBe('');
    expect(stderr).toContain(`found react-server-dom-webpack@${OLD}. Older versions have known`);
    expect(stderr).toContain(npmInstall('^19.3.1'));
  });
});

/** What `npm install use-server-webpack-plugin` would give, but for the peers. */
function installWithoutReact(project: string): void {
  const modules = join(project, 'node_modules');
  const own = join(modules, 'use-server-webpack-plugin');
  mkdirSync(own, {recursive: true});
  cpSync(join(repository, 'dist'), join(own, 'dist'), {recursive: true});
  cpSync(join(repository, 'package.json'), join(own, 'package.json'));
  const others = readdirSync(join(repository, 'node_modules')).filter(
    (name) => !/^\.|^react|^use-server-webpack-plugin$/.test(name),
  );
  for (const name of others) {
    symlinkSync(join(repository, 'node_modules', name), join(modules, name));
  }
}
