import {promisify} from 'node:util';
import type {Request} from 'express';
import {nodeRequest} from 'use-server-webpack-plugin/node';
import {findUser, type User} from './users.ts';

declare module 'express-session' {
  interface SessionData {
    userId: string;
  }
}

/** Whose request this is: for server functions, and for what they call. */
export function currentUser(): User | undefined {
  return findUser(nodeRequest<Request>().session.userId);
}

/** Under a new id: one from before the login is worth nothing after it. */
export async function startSession({id}: User): Promise<void> {
  const request = nodeRequest<Request>();
  await promisify(request.session.regenerate.bind(request.session))();
  // It is another object now.
  const {session} = request;
  session.userId = id;
  await promisify(session.save.bind(session))();
}

export async function endSession(): Promise<void> {
  const {session} = nodeRequest<Request>();
  await promisify(session.destroy.bind(session))();
}
