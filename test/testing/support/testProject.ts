import {cp, mkdtemp, mkdir, readdir, rm, symlink} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {fileURLToPath} from 'node:url';

const repository = fileURLToPath(new URL('../../../', import.meta.url));
const fixtures = fileURLToPath(new URL('../fixtures/', import.meta.url));

/** What of this package an application installs, as far as it is code. */
const PACKAGE = 'node_modules/use-server-webpack-plugin';

/**
 * A project with tests of its own, in a folder that goes when the work is done: the fixture of that name beside the
 * code of `fixtures/app`, and this package as npm installs it. Test runners treat what is in `node_modules`
 * differently, so a link to the repository would prove nothing.
 *
 * @param name of the fixture
 * @param work gets the path of the project
 */
export async function inTestProject<T>(
  name: string,
  work: (project: string) => Promise<T>,
): Promise<T> {
  const project = await mkdtemp(join(tmpdir(), `${name}-`));
  try {
    await cp(join(fixtures, 'app'), project, {recursive: true});
    await cp(join(fixtures, name), project, {recursive: true});
    await installPackage(project);
    await linkOthers(project);
    return await work(project);
  } finally {
    await rm(project, {recursive: true, force: true});
  }
}

async function installPackage(project: string): Promise<void> {
  const target = join(project, PACKAGE);
  await mkdir(target, {recursive: true});
  await cp(join(repository, 'package.json'), join(target, 'package.json'));
  await cp(join(repository, 'dist'), join(target, 'dist'), {
    recursive: true,
    filter: (file) => !/\.(map|[cm]?ts)$/.test(file),
  });
}

async function linkOthers(project: string): Promise<void> {
  const installed = join(repository, 'node_modules');
  const names = await readdir(installed);
  const others = names.filter((name) => !name.startsWith('.') && !PACKAGE.endsWith(name));
  await Promise.all(
    others.map((name) => symlink(join(installed, name), join(project, 'node_modules', name))),
  );
}
