import {createHash, createHmac, timingSafeEqual} from 'node:crypto';
import {once} from 'node:events';
import {createServer, type IncomingMessage} from 'node:http';
import type {AddressInfo} from 'node:net';

export const STORAGE_ENVIRONMENT = {STORAGE_KEY_ID: 'the-key', STORAGE_SECRET: 'the secret'};

export interface ObjectStorage {
  url: string;
  /** Of the pages that may put objects into it. */
  allowedOrigin: string;
  objects: Map<string, {type: string | undefined; bytes: Buffer}>;
  close(): Promise<void>;
}

/**
 * An object storage that takes what is signed as Amazon describes it
 * (https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-query-string-auth.html): by its URL, or by headers.
 */
export async function startObjectStorage(): Promise<ObjectStorage> {
  const objects: ObjectStorage['objects'] = new Map();
  const server = createServer(async (request, response) => {
    response.setHeader('Access-Control-Allow-Origin', storage.allowedOrigin);
    response.setHeader('Access-Control-Allow-Methods', 'PUT');
    response.setHeader('Access-Control-Allow-Headers', 'Content-Type');
    if (request.method === 'OPTIONS') return void response.end();
    const {pathname} = new URL(request.url!, 'http://storage');
    const bytes = Buffer.concat(await request.toArray());
    if (!isSigned(request)) response.statusCode = 403;
    else if (request.method === 'PUT') {
      objects.set(pathname, {type: request.headers['content-type'], bytes});
    } else if (!objects.has(pathname)) response.statusCode = 404;
    response.end();
  }).listen(0, 'localhost');
  await once(server, 'listening');
  const storage: ObjectStorage = {
    url: `http://localhost:${(server.address() as AddressInfo).port}`,
    allowedOrigin: 'null',
    objects,
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
  return storage;
}

function isSigned(request: IncomingMessage): boolean {
  const {pathname, searchParams} = new URL(request.url!, 'http://storage');
  const given = givenSignature(request, searchParams);
  const query = [...searchParams]
    .filter(([name]) => name !== 'X-Amz-Signature')
    .map((pair) => pair.map(encodeURIComponent).join('='));
  const names = given.signedHeaders.split(';');
  const canonical = [
    request.method,
    pathname,
    query.sort().join('&'),
    ...names.map((name) => `${name}:${String(request.headers[name])}`),
    '',
    given.signedHeaders,
    'UNSIGNED-PAYLOAD',
  ].join('\n');
  const [, date, region, service] = given.credential.split('/');
  const scope = `${date}/${region}/${service}/aws4_request`;
  const text = ['AWS4-HMAC-SHA256', given.time, scope, sha256(canonical)].join('\n');
  const key = [date!, region!, service!, 'aws4_request'].reduce<string | Buffer>(
    hmac,
    `AWS4${STORAGE_ENVIRONMENT.STORAGE_SECRET}`,
  );
  const expected = hmac(key, text);
  const actual = Buffer.from(given.signature, 'hex');
  return actual.length === expected.length && timingSafeEqual(actual, expected);
}

function givenSignature({headers}: IncomingMessage, query: URLSearchParams) {
  const {authorization} = headers;
  if (authorization) {
    const part = (name: string) => new RegExp(`${name}=([^,\\s]+)`).exec(authorization)![1]!;
    return {
      credential: part('Credential'),
      signedHeaders: part('SignedHeaders'),
      signature: part('Signature'),
      time: String(headers['x-amz-date']),
    };
  }
  const part = (name: string) => query.get(`X-Amz-${name}`) ?? '';
  return {
    credential: part('Credential'),
    signedHeaders: part('SignedHeaders'),
    signature: part('Signature'),
    time: part('Date'),
  };
}

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');

const hmac = (key: string | Buffer, text: string) =>
  createHmac('sha256', key).update(text).digest();
