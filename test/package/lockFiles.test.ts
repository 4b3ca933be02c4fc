import {readFileSync} from 'node:fs';
import {fileURLToPath} from 'node:url';

interface LockedPackage {
  dependencies?: Record<string, string>;
  optionalDependencies?: Record<string, string>;
}

// npm writes only the platforms that it has found, and `npm ci` then fails on every machine.
test.each(['package-lock.json', 'bench/package-lock.json'])(
  '%s holds every dependency of each package, those of other platforms too',
  (file) => {
    const url = new URL(`../../${file}`, import.meta.url);
    const {packages} = JSON.parse(readFileSync(fileURLToPath(url), 'utf8')) as {
      packages: Record<string, LockedPackage>;
    };
    const missing = Object.entries(packages).flatMap(([path, locked]) =>
      Object.keys({...locked.dependencies, ...locked.optionalDependencies})
        .filter((name) => !isFound(packages, path, name))
        .map((name) => `${path} needs ${name}`),
    );
    expect(missing).toEqual([]);
  },
);

/** Looks in the package's own `node_modules`, then in each one above, as Node does. */
function isFound(packages: object, path: string, name: string): boolean {
  const folder = path === '' ? '' : `${path}/`;
  if (`${folder}node_modules/${name}` in packages) return true;
  return path !== '' && isFound(packages, path.replace(/\/?[^/]*$/, ''), name);
}
