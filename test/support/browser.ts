import {execFile} from 'node:child_process';
import {existsSync} from 'node:fs';
import {mkdir, mkdtemp, readFile, rename, rm, writeFile} from 'node:fs/promises';
import {join} from 'node:path';
import {fileURLToPath} from 'node:url';
import {promisify} from 'node:util';
import {chromium, type Browser} from 'playwright-core';

const nodeModules = fileURLToPath(new URL('../../node_modules/', import.meta.url));

/**
 * Starts a headless Chromium: the one named by the environment variable `CHROME_PATH`, or else
 * (Linux on x64) the one inside the npm package `@sparticuz/chromium`, so that `npm ci` is all the
 * set-up there is.
 *
 * @param more arguments beside those that every test needs
 * @throws Error when there is no browser for this platform
 */
export async function launchBrowser(more: readonly string[] = []): Promise<Browser> {
  const {executablePath, env} = process.env.CHROME_PATH
    ? {executablePath: process.env.CHROME_PATH, env: {}}
    : await packagedChromium();
  return chromium.launch({
    executablePath,
    env: {...definedEnvironment(), ...env},
    // The package's own list of arguments is not used: it switches the same-origin policy off.
    args: [
      '--no-sandbox',
      '--disable-dev-shm-usage',
      '--disable-gpu',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-domain-reliability',
      ...more,
    ],
  });
}

interface Executable {
  executablePath: string;
  env: Record<string, string>;
}

async function packagedChromium(): Promise<Executable> {
  if (process.platform !== 'linux' || process.arch !== 'x64') {
    throw new Error(
      `No browser comes with the packages for ${process.platform}-${process.arch}. Install Chrome or Chromium and set CHROME_PATH to its executable.`,
    );
  }
  const packageFile = join(nodeModules, '@sparticuz/chromium/package.json');
  const {version} = JSON.parse(await readFile(packageFile, 'utf8')) as {version: string};
  const folder = join(nodeModules, '.cache/chromium', version);
  if (!existsSync(folder)) await extractTo(folder);
  return {
    executablePath: join(folder, 'chromium'),
    env: {
      LD_LIBRARY_PATH: join(folder, 'al2023/lib'),
      FONTCONFIG_FILE: join(folder, 'fonts.conf'),
      HOME: folder,
    },
  };
}

/**
 * The package extracts into the temporary folder of the process that asks, and adds its shared
 * libraries only where it believes itself on Amazon's servers: so a process of its own asks.
 * The folder gets its final name when it is complete, so that no other test meets half a browser.
 */
async function extractTo(folder: string): Promise<void> {
  await mkdir(join(folder, '..'), {recursive: true});
  const unfinished = await mkdtemp(`${folder}-`);
  const script = "await (await import('@sparticuz/chromium')).default.executablePath()";
  await promisify(execFile)(process.execPath, ['--input-type=module', '--eval', script], {
    cwd: nodeModules,
    env: {...process.env, TMPDIR: unfinished, AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs22.x'},
  });
  await writeFile(
    join(unfinished, 'fonts.conf'),
    `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig><dir>${folder}/fonts</dir><cachedir>${folder}/font-cache</cachedir></fontconfig>
`,
  );
  try {
    await rename(unfinished, folder);
  } catch (error) {
    await rm(unfinished, {recursive: true, force: true});
    if (!existsSync(folder)) throw error;
  }
}

function definedEnvironment(): Record<string, string> {
  const entries = Object.entries(process.env);
  return Object.fromEntries(
    entries.filter((entry): entry is [string, string] => entry[1] !== undefined),
  );
}
