// nginx in front of the processes: each request goes to the next one, none belongs to a process.
import {spawn, spawnSync} from 'node:child_process';
import {once} from 'node:events';
import {mkdirSync, readFileSync, writeFileSync} from 'node:fs';
import {join, resolve} from 'node:path';

/**
 * @param {string} folder for its configuration and temporary files
 * @param {{port: number, upstreams: number[]}} ports where it listens, and those of the processes
 * @returns {Promise<{use(upstreams: number[]): Promise<void>, stop(): Promise<void>}>}
 */
export async function startNginx(folder, {port, upstreams}) {
  if (spawnSync('nginx', ['-v']).error) {
    throw new Error('nginx is not installed. Run: sudo apt-get install nginx-light');
  }
  const home = resolve(folder);
  mkdirSync(home, {recursive: true});
  const file = join(home, 'nginx.conf');
  const args = ['-c', file, '-p', home, '-e', 'stderr'];
  writeFileSync(file, configuration(home, port, upstreams));
  const master = spawn('nginx', args, {stdio: ['ignore', 'ignore', 'inherit'], detached: true});
  const ended = once(master, 'exit');
  process.once('exit', () => master.kill());
  await waitFor(port, master);
  return {
    /** Sends new requests to other processes; resolves when no request is left with the ones before. */
    async use(next) {
      const before = workersOf(master.pid);
      writeFileSync(file, configuration(home, port, next));
      master.kill('SIGHUP');
      // The old workers go on until they have answered what they took, and then end.
      while (workersOf(master.pid).some((worker) => before.includes(worker))) await pause();
    },
    async stop() {
      master.kill('SIGQUIT');
      await ended;
    },
  };
}

function configuration(home, port, upstreams) {
  return `
${process.getuid?.() === 0 ? 'user root;' : ''}
daemon off;
worker_processes 1;
pid ${home}/nginx.pid;
error_log stderr crit;
events { worker_connections 4096; }
http {
  access_log off;
  client_body_temp_path ${home}/body;
  proxy_temp_path ${home}/proxy;
  fastcgi_temp_path ${home}/fastcgi;
  uwsgi_temp_path ${home}/uwsgi;
  scgi_temp_path ${home}/scgi;

  # The handler has a limit of its own, and answers in a way that the client understands.
  client_max_body_size 2m;

  upstream notes {
${upstreams.map((upstream) => `    server 127.0.0.1:${upstream} max_fails=1 fail_timeout=1s;`).join('\n')}
    keepalive 32;
  }

  server {
    listen 127.0.0.1:${port} backlog=1024;

    location / {
      proxy_pass http://notes;
      proxy_http_version 1.1;
      proxy_set_header Connection "";
      # The origin of a request is compared with the host that the browser sees.
      proxy_set_header Host $http_host;
      # Pages and results stream: pass on each part when it comes.
      proxy_buffering off;
      # Where no connection could be made the next process is asked. A call that was sent is never
      # sent twice: nginx does not repeat a POST unless told to (proxy_next_upstream non_idempotent).
      proxy_next_upstream error timeout;
      proxy_connect_timeout 2s;
    }
  }
}
`;
}

async function waitFor(port, master) {
  while (master.exitCode === null) {
    // Whatever the answer is.
    if (
      await fetch(`http://127.0.0.1:${port}/`).then(
        () => true,
        () => false,
      )
    )
      return;
    await pause();
  }
  throw new Error(`nginx ended with status ${master.exitCode}.`);
}

function workersOf(pid) {
  return readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(' ');
}

function pause() {
  return new Promise((fulfil) => setTimeout(fulfil, 50));
}
