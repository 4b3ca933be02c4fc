import {Project} from '../webpack/support/project.ts';
import {nodeBinaries, REACT_SERVER, REGISTER, runNode} from './support/node.ts';

describe.each(nodeBinaries)('$label: a CommonJS "use client" module', (node) => {
  const project = new Project('required-client-module', {
    'package.json': '{"type": "module"}',
    'src/Note.cjs': `'use client'; exports.Note = function Note() { return 'note'; };`,
    'main.js': `
      import {createRequire} from 'node:module';
      import {renderToPipeableStream} from 'react-server-dom-webpack/server';
      import {createElement} from 'react';
      const require = createRequire(import.meta.url);
      const load = async () => require('./src/Note.cjs');
      const {Note} = await load();
      const {default: whole, Note: imported} = await import('./src/Note.cjs');
      console.log(Note.$$id, Note.$$async, imported.$$id, imported === whole.Note);
      // What the plugin writes of a CommonJS module.
      const manifest = {'src/Note.cjs#Note': {id: 'src/Note.cjs', name: 'Note', chunks: []}};
      renderToPipeableStream(createElement(Note), manifest, {onError: console.error}).pipe(process.stdout);`,
  });

  test('is awaited like any other value, and rendered', async () => {
    const {stdout, stderr} = await runNode({
      node,
      args: [...REACT_SERVER, ...REGISTER, 'main.js'],
      cwd: project.folder,
      env: {NODE_ENV: 'production'},
    });
    expect(stderr).toBe('');
    expect(stdout).toContain('src/Note.cjs#Note true src/Note.cjs#Note true\n');
    expect(stdout).toContain('I["src/Note.cjs",[],"Note",1]');
  });
});
