import {once} from 'node:events';
import {createServer, request as httpRequest} from 'node:http';
import type {AddressInfo} from 'node:net';

export interface Recording {
  path: string | undefined;
  status: number | undefined;
  headers: string;
  body: string;
}

export interface RecordingProxy {
  url: string;
  /** Every answer that has gone through, in order. */
  recordings: Recording[];
  close(): Promise<void>;
}

/**
 * Stands between a browser and a server and keeps a copy of every byte that the browser gets.
 * (Browsers themselves forget the bodies of pages that are left and of streams that are read.)
 */
export async function recordAnswersOf(target: string): Promise<RecordingProxy> {
  const {hostname, port} = new URL(target);
  const recordings: Recording[] = [];
  const server = createServer((incoming, outgoing) => {
    const {method, url: path} = incoming;
    const headers = {...incoming.headers, 'accept-encoding': 'identity'};
    const forwarded = httpRequest({hostname, port, method, path, headers}, (answer) => {
      const recording = {
        path,
        status: answer.statusCode,
        headers: answer.rawHeaders.join('\n'),
        body: '',
      };
      recordings.push(recording);
      const decoder = new TextDecoder();
      answer.on('data', (chunk: Buffer) => {
        recording.body += decoder.decode(chunk, {stream: true});
      });
      outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(outgoing);
    });
    // The server is down: during a restart that is what a browser has to see.
    forwarded.on('error', () => outgoing.destroy());
    outgoing.on('close', () => forwarded.destroy());
    incoming.pipe(forwarded);
  }).listen(0, 'localhost');
  await once(server, 'listening');
  return {
    url: `http://localhost:${(server.address() as AddressInfo).port}`,
    recordings,
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
