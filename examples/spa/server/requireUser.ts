import {RefusalError, type Middleware} from 'use-server-webpack-plugin/server';
import {openApp, signIn, signOut} from './functions/session.ts';
import {currentUser} from './session.ts';

const forAnyone = new Set([openApp, signIn, signOut].map(idOf));

/** Every other function is for people who have signed in, also those that will be written one day. */
export const requireUser: Middleware = ({id}, next) => {
  if (!forAnyone.has(id) && !currentUser()) {
    throw new RefusalError(401, 'Sign in first.', {code: 'signed-out'});
  }
  return next();
};

function idOf(serverFunction: object): string {
  return (serverFunction as {$$id: string}).$$id;
}
