import {randomBytes, scrypt, timingSafeEqual} from 'node:crypto';
import {promisify} from 'node:util';

export interface User {
  id: string;
  name: string;
}

interface StoredUser extends User {
  salt: Buffer;
  hash: Buffer;
}

const hashOf = promisify(scrypt) as (text: string, salt: Buffer, size: number) => Promise<Buffer>;

/** Your database. */
const users = new Map<string, StoredUser>();

async function addUser(id: string, name: string, password: string): Promise<void> {
  const salt = randomBytes(16);
  users.set(id, {id, name, salt, hash: await hashOf(password, salt, 32)});
}

export function findUser(id: string | undefined): User | undefined {
  return id === undefined ? undefined : users.get(id);
}

const NOBODY = {salt: randomBytes(16), hash: randomBytes(32)};

/** Takes the same time whether there is such a user or not. */
export async function checkPassword(id: string, password: string): Promise<User | undefined> {
  const user = users.get(id);
  const {salt, hash} = user ?? NOBODY;
  const isRight = timingSafeEqual(await hashOf(password, salt, 32), hash);
  return isRight ? user : undefined;
}

await addUser('ada', 'Ada', 'engine');
await addUser('grace', 'Grace', 'compiler');
