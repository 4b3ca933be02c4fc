import {APP, BundledProject, CALLABLE} from './support/bundledProject.ts';

test.each(['development', 'production'])(
  'the oldest webpack of the peer range builds a server that works (%s)',
  async (mode) => {
    const project = new BundledProject('oldest', APP);
    // Its default hash function is gone from the OpenSSL of today's Node.
    const config = `shared: {mode: '${mode}', output: {hashFunction: 'xxhash64'}}`;
    const result = await project.buildAfresh(config, '', 'oldest-webpack');

    expect(result.errors).toEqual([]);
    const {html, calls} = await project.run(CALLABLE);
    expect(html).toContain('<b>SSR</b>');
    expect(calls['src/only-in-client.js#save']!.text).toContain('saved, count 1');
    expect(calls['src/only-in-browser.js#onlyInBrowser']!.status).toBe(200);
  },
);
