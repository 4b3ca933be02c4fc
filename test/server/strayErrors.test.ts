import {fileURLToPath} from 'node:url';
import {runNode} from '../support/runNode.ts';

const script = fileURLToPath(new URL('support/strayErrors.mjs', import.meta.url));

describe.each(['production', 'development'])('%s', (NODE_ENV) => {
  const run = (...args: string[]) => runNode(script, {env: {NODE_ENV}, arguments: args});

  test.each(['floating', 'callback'])(
    'an error that nothing handles (%s) ends the process, and the log names the function once',
    async (name) => {
      const {code, stdout, stderr} = await run(name);
      expect({code, stdout}).toEqual({code: 1, stdout: '200\n'});
      const [line, ...others] = stderr.split('\n').filter((text) => text.includes('function'));
      expect(line).toBe(
        `The error below comes from the server function actions.js#${name}, and nothing handles it. Await what the function starts, or handle its errors: start().catch(report).`,
      );
      expect(others.filter((text) => text.includes('comes from'))).toEqual([]);
      expect(stderr.slice(stderr.indexOf(line!))).toContain('Error: it failed');
    },
  );

  test.each([
    ['awaited', '500\nit goes on\n'],
    ['caught', '200\nit goes on\n'],
  ])('an error that the function hands on or handles (%s) is none', async (name, expected) => {
    const {code, stdout, stderr} = await run(name);
    expect({code, stdout}).toEqual({code: 0, stdout: expected});
    expect(stderr).not.toContain('comes from');
  });

  test('an error outside of server functions is left to Node', async () => {
    const {code, stderr} = await run('outside');
    expect(code).toBe(1);
    expect(stderr).toContain('Error: it failed');
    expect(stderr).not.toContain('server function');
  });

  test.each([
    ['floating', 'unhandledRejection'],
    ['callback', 'uncaughtException'],
  ])('a process with the handlers of docs/deployment.md goes on (%s)', async (name, event) => {
    const {code, stdout} = await run(name, 'handled');
    expect({code, stdout}).toEqual({code: 0, stdout: `200\n${event} it failed\nit goes on\n`});
  });
});
