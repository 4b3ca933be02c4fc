/*
 * Replaces four processes of one build with four of another, one by one, behind a balancer that knows
 * nothing of sessions, while old and new pages call without a pause. Prints what each call got.
 *
 * node rollingDeployment.mjs <old bundle> <new bundle>
 */
import {fork} from 'node:child_process';
import {once} from 'node:events';
import {Agent, createServer, request} from 'node:http';
import {createFromNodeStream, encodeReply} from 'react-server-dom-webpack/client.node';
import {Readable} from 'node:stream';

const [oldBundle, newBundle] = process.argv.slice(2);
const PROCESSES = 4;
const CALLERS = 6;
const noModules = {moduleMap: {}, serverModuleMap: null, moduleLoading: null};

/** Each request to the next process. A process that is taken out gets no more, and ends its own. */
class Balancer {
  #upstreams = [];
  #next = 0;
  #agent = new Agent({keepAlive: true});
  server = createServer((incoming, outgoing) => this.#forward(incoming, outgoing));

  add(port) {
    this.#upstreams.push({port, pending: 0, idle: () => {}});
  }

  async remove(port) {
    const upstream = this.#upstreams.find((candidate) => candidate.port === port);
    this.#upstreams = this.#upstreams.filter((candidate) => candidate !== upstream);
    if (upstream.pending > 0) await new Promise((fulfil) => (upstream.idle = fulfil));
  }

  #forward(incoming, outgoing) {
    const upstream = this.#upstreams[this.#next++ % this.#upstreams.length];
    upstream.pending++;
    const {method, url: path, headers} = incoming;
    const onward = request({port: upstream.port, agent: this.#agent, method, path, headers});
    onward.on('response', (answer) => {
      outgoing.writeHead(answer.statusCode, answer.headers);
      answer.pipe(outgoing);
    });
    onward.on('error', () => outgoing.writeHead(502).end());
    outgoing.on('close', () => {
      if (--upstream.pending === 0) upstream.idle();
    });
    incoming.pipe(onward);
  }
}

async function startProcess(bundle) {
  const child = fork(bundle, {env: {...process.env, NODE_OPTIONS: '', NODE_ENV: 'production'}});
  const [{port}] = await once(child, 'message');
  return {child, port};
}

async function stopProcess({child}) {
  child.kill('SIGTERM');
  const [code] = await once(child, 'exit');
  return code;
}

const balancer = new Balancer();
balancer.server.listen(0, '127.0.0.1');
await once(balancer.server, 'listening');
const origin = `http://127.0.0.1:${balancer.server.address().port}`;

/** The functions of a page, as a browser has them: by what their forms send. */
async function openPage(port) {
  const {body} = await fetch(`http://127.0.0.1:${port}/`);
  const {greet, save} = await createFromNodeStream(Readable.fromWeb(body), noModules);
  return {greet: await fieldsOf(greet), save: await fieldsOf(save)};
}

/** Field names and values that make a form call this reference. */
async function fieldsOf(reference) {
  // React throws the promise of its captures until they are encoded, as it does when it makes HTML.
  for (;;) {
    try {
      const {name, data} = reference.$$FORM_ACTION('');
      return [[name, ''], ...(data ?? [])];
    } catch (pending) {
      await pending;
    }
  }
}

async function call(id, number) {
  const body = await encodeReply([number]);
  return outcome(
    fetch(`${origin}/rsc-action`, {method: 'POST', headers: {'X-Action-Id': id}, body}),
  );
}

async function submit(fields, number) {
  const body = new FormData();
  for (const [name, value] of fields) body.append(name, value);
  body.append('number', number);
  return outcome(
    fetch(`${origin}/`, {
      method: 'POST',
      body,
      redirect: 'manual',
      headers: {'Sec-Fetch-Site': 'same-origin'},
    }),
  );
}

async function outcome(answer) {
  try {
    const response = await answer;
    await response.text();
    return `${response.status} ${response.headers.get('X-Action-Error') ?? ''}`.trim();
  } catch (error) {
    return `broken: ${error.cause?.code ?? error.message}`;
  }
}

const calls = [];
let number = 0;
const deployment = new AbortController();

/** What somebody does who opened the page when `build` was the current one. */
async function keepCalling(build, {greet, save}) {
  const own = build === 'old' ? 'retired' : 'fresh';
  const functions = {
    add: (n) => call('src/actions.js#add', n),
    [own]: (n) => call(`src/actions.js#${own}`, n),
    greet: (n) => submit(greet, n),
    save: (n) => submit(save, n),
  };
  while (!deployment.signal.aborted) {
    for (const [name, run] of Object.entries(functions)) {
      const id = number++;
      calls.push({number: id, page: build, name, outcome: await run(id)});
    }
  }
}

const processes = [];
for (let i = 0; i < PROCESSES; i++) {
  const started = await startProcess(oldBundle);
  processes.push(started);
  balancer.add(started.port);
}
const oldPage = await openPage(processes[0].port);
const callers = Array.from({length: CALLERS}, () => keepCalling('old', oldPage));

const exitCodes = [];
for (const replaced of processes) {
  const started = await startProcess(newBundle);
  balancer.add(started.port);
  if (replaced === processes[0]) {
    const newPage = await openPage(started.port);
    callers.push(...Array.from({length: CALLERS}, () => keepCalling('new', newPage)));
  }
  await balancer.remove(replaced.port);
  exitCodes.push(await stopProcess(replaced));
  processes[processes.indexOf(replaced)] = started;
}
const atTheEnd = calls.length;
while (calls.length < atTheEnd + 50) await new Promise((fulfil) => setTimeout(fulfil, 10));
deployment.abort();
await Promise.all(callers);
for (const started of processes) exitCodes.push(await stopProcess(started));
balancer.server.closeAllConnections();
balancer.server.close();
console.log(JSON.stringify({calls, exitCodes}));
process.exit();
