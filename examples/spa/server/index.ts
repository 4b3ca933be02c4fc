import {randomBytes} from 'node:crypto';
import {fileURLToPath} from 'node:url';
import express from 'express';
import session from 'express-session';
import {createNodeHandler} from 'use-server-webpack-plugin/node';
import {requireUser} from './requireUser.ts';
import {LARGEST_CALL} from '../shared/limits.ts';

const root = fileURLToPath(new URL('..', import.meta.url));

const app = express();
app.disable('x-powered-by');
app.use(
  session({
    // All processes and all restarts need the same one.
    secret: process.env['SESSION_SECRET'] ?? randomBytes(32).toString('hex'),
    name: 'sid',
    resave: false,
    saveUninitialized: false,
    cookie: {httpOnly: true, sameSite: 'lax', secure: 'auto'},
  }),
);

// A route that was there before, and stays.
app.get('/api/health', (_, response) => void response.json({ok: true}));

// New: answers the calls of server functions, and leaves every other request alone.
app.use(
  createNodeHandler({
    manifest: `${root}/build/server-actions-manifest.json`,
    middleware: [requireUser],
    maxBodySize: LARGEST_CALL,
  }),
);

app.use(express.static(`${root}/build/public`));
app.use(express.static(`${root}/public`));
app.get('/{*path}', (_, response) => response.sendFile('index.html', {root: `${root}/public`}));

const port = process.env['PORT'] ?? 3000;
app.listen(port, () => console.log(`Listening on http://localhost:${port}`));
