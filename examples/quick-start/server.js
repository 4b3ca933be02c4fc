import express from 'express';
import {createNodeHandler} from 'use-server-webpack-plugin/node';

const page =
  '<!doctype html><meta charset="utf-8"><title>Guest book</title><div id="root"></div><script src="/main.js"></script>';

const app = express();
app.use(express.static('build/public'));
app.use(createNodeHandler({manifest: 'build/server-actions-manifest.json'}));
app.get('/', (req, res) => res.send(page));

const port = process.env.PORT ?? 3000;
app.listen(port, () => console.log(`Listening on http://localhost:${port}`));
