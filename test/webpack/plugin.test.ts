import {createHmac} from 'node:crypto';
import {readdirSync, readFileSync, rmSync, symlinkSync} from 'node:fs';
import {join} from 'node:path';
import {Project, stopBuilding} from './support/project.ts';

afterAll(stopBuilding);

const app = {
  'src/index.js': `import {save} from './actions.js'; globalThis.save = save;`,
  'src/actions.js': `'use server';
    import {write} from './database.js';
    export async function save(note) { await write(note); }`,
  'src/database.js': `export async function write() {}`,
};

describe('UseServerWebpackPlugin', () => {
  test('needs no options', async () => {
    const {errors, warnings, files} = await new Project('no-options', app).build();

    expect(errors).toEqual([]);
    expect(warnings).toEqual([]);
    expect(Object.keys(files).sort()).toEqual([
      'main.js',
      'react-client-manifest.json',
      'react-ssr-manifest.json',
      'server-actions-manifest.json',
    ]);
    expect(JSON.parse(files['server-actions-manifest.json']!)).toEqual({
      'src/actions.js#save': {id: 'src/actions.js', chunks: [], name: 'save', async: true},
    });
  });

  test('writes the manifests under the names of its options, and makes ids relative to the root', async () => {
    const inFolder = Object.entries(app).map(([path, text]) => [`app/${path}`, text]);
    const {files} = await new Project('file-names', Object.fromEntries(inFolder)).build(
      `context: context + '/app'`,
      `{root: '..', serverManifest: 'server/a.json', clientManifest: 'b.json', ssrManifest: 'c.json'}`,
    );

    expect(Object.keys(files).sort()).toEqual(['b.json', 'c.json', 'main.js', 'server/a.json']);
    expect(Object.keys(JSON.parse(files['server/a.json']!))).toEqual(['app/src/actions.js#save']);
    expect(files['main.js']).toContain('"app/src/actions.js#save"');
  });

  test('reads proposed syntax with the plugins of the parser that it is told', async () => {
    const project = new Project('parser-plugins', {
      ...app,
      'src/actions.js': `'use server';\nexport async function save(x) { return do { x }; }`,
    });
    const {errors, files} = await project.build('', `{parserPlugins: ['doExpressions']}`);

    expect(errors).toEqual([]);
    expect(Object.keys(JSON.parse(files['server-actions-manifest.json']!))).toContain(
      'src/actions.js#save',
    );
    expect(files['main.js']).toContain('"src/actions.js#save"');
    const without = await project.build();
    expect(without.errors.join()).toContain('Name it in the option "parserPlugins"');
  });

  test('hides paths in hashed ids, the same in stubs and manifest', async () => {
    const {files} = await new Project('hashed-ids', app).build('', `{ids: 'hashed'}`);

    const [id] = Object.keys(JSON.parse(files['server-actions-manifest.json']!));
    expect(id).toMatch(/^[\da-f]{40}$/);
    expect(files['main.js']).toContain(`createServerReference)("${id}"`);
    expect(files['main.js']).not.toContain('actions.js#save');
  });

  test.each([
    {ids: 'path', shape: /^@acme\/shop:src\/actions\.js#save$/},
    {ids: 'hashed', shape: /^@acme\/shop:[\da-f]{40}$/},
  ])('puts a prefix before ids in stubs and manifest, with ids: $ids', async ({ids, shape}) => {
    const options = `{ids: '${ids}', idPrefix: '@acme/shop'}`;
    const {errors, files} = await new Project(`id-prefix-${ids}`, app).build('', options);
    expect(errors).toEqual([]);
    const manifest = JSON.parse(files['server-actions-manifest.json']!);
    const [id] = Object.keys(manifest);

    expect(id).toMatch(shape);
    expect(manifest[id!]).toEqual({id: 'src/actions.js', chunks: [], name: 'save', async: true});
    expect(files['main.js']).toContain(`createServerReference)("${id}"`);
  });

  test('hashes a prefix with path and name, so that one app tells nothing of another', async () => {
    const hashOf = async (idPrefix: string) => {
      const project = new Project(`id-prefix-${idPrefix}`, app);
      const {files} = await project.build('', `{ids: 'hashed', idPrefix: '${idPrefix}'}`);
      return Object.keys(JSON.parse(files['server-actions-manifest.json']!))[0]!.split(':')[1];
    };
    expect(await hashOf('shop')).not.toBe(await hashOf('cart'));
  });

  test.each(['shop:', 'my shop', 'a/b', '@acme', 'a#b'])(
    'refuses %j as a prefix',
    async (idPrefix) => {
      await expect(
        new Project('id-prefix-refused', app).build('', `{idPrefix: '${idPrefix}'}`),
      ).rejects.toThrow(
        'UseServerWebpackPlugin: the option "idPrefix" must be a name as npm packages have it',
      );
    },
  );

  test('keys hashed ids by the secret of the environment, which no file holds', async () => {
    const secret = Buffer.from('0123456789abcdefghijklmnopqrstuv').toString('base64');
    const withSecret = (text: string) =>
      `cache: {type: 'filesystem', cacheDirectory: context + '/.cache', buildDependencies: {}},
       mode: (process.env.USE_SERVER_ID_SECRET = '${text}', 'development')`;
    const idsOf = async ({files}: {files: Record<string, string>}) => {
      const [id] = Object.keys(JSON.parse(files['server-actions-manifest.json']!));
      expect(files['main.js']).toContain(`createServerReference)("${id}"`);
      return id;
    };
    const project = new Project('id-secret', app);
    const keyed = await project.buildAfresh(withSecret(secret), `{ids: 'hashed'}`);
    const other = Buffer.from('0123456789abcdefghijklmnopqrstuw').toString('base64');
    const rekeyed = await project.buildAfresh(withSecret(other), `{ids: 'hashed'}`);
    const unkeyed = await project.buildAfresh(withSecret(''), `{ids: 'hashed'}`);

    // As RFC 2104 and the documentation say.
    const expected = createHmac('sha256', '0123456789abcdefghijklmnopqrstuv')
      .update('src/actions.js#save')
      .digest('hex')
      .slice(0, 40);
    expect(await idsOf(keyed)).toBe(expected);
    expect(new Set([await idsOf(rekeyed), await idsOf(unkeyed), expected]).size).toBe(3);
    const written = readdirSync(project.folder, {recursive: true, withFileTypes: true})
      .filter((entry) => entry.isFile() && entry.name !== 'webpack.config.mjs')
      .map((entry) => readFileSync(join(entry.parentPath, entry.name), 'latin1'));
    expect(written.length).toBeGreaterThan(5);
    for (const text of written) {
      expect(text).not.toContain(secret);
      expect(text).not.toContain('0123456789abcdef');
    }
  });

  test.each([
    ['too short', Buffer.from('short').toString('base64')],
    ['hexadecimal', Buffer.from('0123456789abcdefghijklmnopqrstuv').toString('hex')],
    ['one byte again and again', Buffer.alloc(32, 7).toString('base64')],
    ['no base64', '*'.repeat(44)],
  ])('refuses a secret for ids that is %s', async (_what, secret) => {
    const config = `mode: (process.env.USE_SERVER_ID_SECRET = '${secret}', 'development')`;

    await expect(
      new Project('id-secret-refused', app).buildAfresh(config, `{ids: 'hashed'}`),
    ).rejects.toThrow(
      'The environment variable USE_SERVER_ID_SECRET must be 32 random bytes in base64.',
    );
  });

  test('lets stubs call through a module of the app', async () => {
    const project = new Project('call-server', {
      ...app,
      'src/net/call.js': `export const callServer = (id, args) => ['OWN CALL', id, args];`,
    });
    const {errors, files} = await project.build('', `{callServer: './src/net/call.js'}`);

    expect(errors).toEqual([]);
    expect(files['main.js']).toContain('OWN CALL');
    expect(files['main.js']).not.toContain(project.folder);
  });

  test('makes the same ids where the project is reached by a symbolic link', async () => {
    const project = new Project('linked', app);
    const link = `${project.folder}-link`;
    rmSync(link, {force: true});
    symlinkSync(project.folder, link);
    project.write({'made/before.js': `'use server'; export async function stale() {}`});
    const linked = await project.build(
      `context: ${JSON.stringify(link)},
       output: {path: ${JSON.stringify(`${link}/made`)}, clean: false}`,
    );
    project.remove('made');
    const notFollowed = await project.build(
      `context: ${JSON.stringify(link)}, resolve: {symlinks: false}`,
      `{include: []}`,
    );

    const {files} = await project.build();
    const ids = Object.keys(JSON.parse(files['server-actions-manifest.json']!));
    expect(ids).toContain('src/actions.js#save');
    expect(Object.keys(JSON.parse(linked.files['server-actions-manifest.json']!))).toEqual(ids);
    expect(notFollowed.files['main.js']).toContain('"src/actions.js#save"');
  });

  test('says that the path of callServer leads nowhere', async () => {
    const project = new Project('call-server-missing', app);
    const {errors, printed} = await project.build('', `{callServer: './src/net/cal.js'}`);

    expect(printed).toContain(
      'ERROR in The option "callServer" is "./src/net/cal.js", but there is no such module in ',
    );
    expect(printed).toContain(project.folder);
    expect(errors.filter((error) => error.includes('"callServer"'))).toHaveLength(1);
  });

  test('finds callServer without its ending and by an alias, as webpack finds modules', async () => {
    const project = new Project('call-server-resolved', {
      ...app,
      'src/net/call.ts': `export const callServer = (id, args) => ['OWN CALL', id, args];`,
    });
    const typed = await project.build(
      `resolve: {extensions: ['.ts', '.js']}`,
      `{callServer: './src/net/call'}`,
    );
    const aliased = await project.build(
      `resolve: {alias: {'#call': context + '/src/net/call.ts'}}`,
      `{callServer: '#call'}`,
    );

    for (const {printed, files} of [typed, aliased]) {
      expect(printed).toBe('');
      expect(files['main.js']).toContain('OWN CALL');
    }
  });

  test.each([
    [`{extra: 1}`, `options has an unknown property 'extra'. These properties are valid:`],
    [`{ids: 'short'}`, `options.ids should be one of these:\n   "path" | "hashed"`],
    [`{include: 5}`, 'options.include should be one of these:'],
    [`{serverManifest: ''}`, 'options.serverManifest should be a non-empty string.'],
  ])('refuses the options %s', async (options, message) => {
    await expect(new Project('wrong-option', app).build('', options)).rejects.toThrow(message);
  });

  test('gives other plugins the manifests before they are written', async () => {
    const {files} = await new Project('hooks', app).build(
      `plugins: [{apply: (compiler) => compiler.hooks.thisCompilation.tap('test', (compilation) => {
        getCompilationHooks(compilation).serverManifest.tap('test', (manifest) => ({...manifest, added: {}}));
        getCompilationHooks(compilation).clientManifest.tap('test', () => ({}));
      })}]`,
    );

    expect(Object.keys(JSON.parse(files['server-actions-manifest.json']!))).toEqual([
      'src/actions.js#save',
      'added',
    ]);
  });

  test('tells in the log of webpack what can be called', async () => {
    const result = await new Project('plugin-log', {
      'src/index.js': '',
      'src/actions.js': `'use server'; export async function save() {} export async function drop() {}`,
    }).build(`plugins: [{apply: (compiler) => compiler.hooks.done.tap('Test', (stats) => {
      const {logging} = stats.toJson({all: false, logging: 'info'});
      const [{message}] = logging.UseServerWebpackPlugin.entries;
      require('fs').writeFileSync(context + '/dist/log.txt', message);
    })}]`);

    expect(result.files['log.txt']).toBe(
      '2 server functions can be called: src/actions.js#drop, src/actions.js#save',
    );
  });

  test.each(['development', 'production'])(
    'lets pages ask for the process of the server in development only, here in %s',
    async (mode) => {
      const {files} = await new Project('plugin-updates', {
        'src/index.js': `import {onServerUpdate} from 'use-server-webpack-plugin/client';
          globalThis.end = onServerUpdate(() => {});`,
      }).build(`mode: '${mode}'`);

      const text = Object.values(files).join('\n');
      expect(text.includes('x-action-process')).toBe(mode === 'development');
      expect(text).not.toContain('__use_server_updates');
    },
  );

  test('drops references that nobody uses from a production build', async () => {
    const {files} = await new Project('shaken', {
      'src/index.js': `import {used} from './actions.js'; globalThis.used = used;
        import {Unrelated} from './other.js';`,
      'src/actions.js': `'use server';
        export async function used() {}
        export async function unused() {}`,
      'src/other.js': `'use server'; export async function Unrelated() {}`,
    }).build(`mode: 'production'`);

    expect(files['main.js']).toContain('src/actions.js#used');
    expect(files['main.js']).not.toContain('#unused');
    expect(files['main.js']).not.toContain('other.js');
  });

  test('answers CommonJS server modules with CommonJS references', async () => {
    const {errors, files} = await new Project('commonjs', {
      'src/index.js': `const {save} = require('./actions.cjs'); globalThis.save = save;`,
      'src/actions.cjs': `'use server';
        const secret = require('./secret.cjs');
        exports.save = async function save() { return secret; };`,
      'src/secret.cjs': `module.exports = 'SECRET';`,
    }).build();

    expect(errors).toEqual([]);
    expect(files['main.js']).toContain('"src/actions.cjs#save"');
    expect(files['main.js']).not.toContain('SECRET');
  });

  test('serves a server build of client modules with references, and writes no client manifest', async () => {
    const {errors, files} = await new Project('ssr', app).build(`target: 'node'`);

    expect(errors).toEqual([]);
    expect(Object.keys(files).sort()).toEqual(['main.js', 'server-actions-manifest.json']);
    expect(files['main.js']).toContain('"src/actions.js#save"');
  });

  test('refuses to build the server graph, and says how to run it', async () => {
    const {errors} = await new Project('server-graph', app).build(
      `target: 'node', resolve: {conditionNames: ['react-server', '...']}`,
    );

    expect(errors[0]).toContain(
      'node --conditions react-server --import use-server-webpack-plugin/register',
    );
  });

  test('finds its browser runtime from a package that does not depend on it', async () => {
    const project = new Project('workspace', {
      'src/index.js': `import {save} from 'ui'; globalThis.save = save;`,
      'node_modules/ui/package.json': '{"name": "ui", "main": "index.js"}',
      'node_modules/ui/index.js': `'use server'; export async function save() {}`,
    });
    const {errors, files} = await project.build();

    expect(errors).toEqual([]);
    expect(Object.keys(JSON.parse(files['server-actions-manifest.json']!))).toEqual([
      'node_modules/ui/index.js#save',
    ]);
    expect(files['main.js']).not.toContain(project.folder);
  });

  test('works where imports must stay in a folder, as in the config of Create React App', async () => {
    const {errors, files} = await new Project('module-scope', app).build(
      `resolve: {plugins: [{
        // As ModuleScopePlugin of react-dev-utils: refuses what a file of src/ asks for, if it is outside of src/.
        apply(resolver) {
          const {dirname, resolve, sep} = require('node:path');
          const src = resolve(context, 'src') + sep;
          resolver.hooks.file.tapAsync('OnlySources', (request, _, callback) => {
            const {issuer} = request.context;
            const asked = request.__innerRequest_request;
            const isFree =
              !issuer?.startsWith(src) ||
              !asked ||
              request.descriptionFileRoot.includes(sep + 'node_modules' + sep) ||
              resolve(dirname(issuer), asked).startsWith(src);
            callback(isFree ? undefined : new Error(asked + ' is outside of src/'));
          });
        },
      }]}`,
    );

    expect(errors).toEqual([]);
    expect(Object.keys(JSON.parse(files['server-actions-manifest.json']!))).toEqual([
      'src/actions.js#save',
    ]);
  });
});
