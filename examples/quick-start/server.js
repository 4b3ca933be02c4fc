import express from 'express';
import {createNodeHandler} from 'use-server-webpack-plugin/node';

const page = `<!doctype html>
<html lang="en">
  <meta charset="utf-8">
  <meta name="viewport" content="width=device-width">
  <title>Guest book</title>
  <link rel="icon" href="data:,">
  <style>
    :root { color-scheme: light dark; font: 1rem/1.5 system-ui, sans-serif; }
    html { background: light-dark(#f4f2ed, #14161a); }
    body { width: min(100% - 2rem, 24rem); margin: 10vh auto; }
    form { padding: 2rem; border-radius: 1rem; background: light-dark(#fff, #1f2228); }
    h1 { margin: 0; }
    ul { padding: 0; list-style: none; }
    li { padding: 0.5rem 0; border-bottom: 1px solid light-dark(#e6e2d9, #363a43); }
    p { min-height: 1.5rem; margin: 0.25rem 0; }
    label { font-weight: 600; }
    input, button { box-sizing: border-box; width: 100%; padding: 0.5rem 0.75rem; font: inherit; }
    input { border: 1px solid #858b96; border-radius: 0.5rem; color: inherit; background: none; }
    button { border: 0; border-radius: 0.5rem; color: #fff; background: #2556b8; }
    [aria-disabled='true'] { opacity: 0.6; }
    [role='alert'] { color: light-dark(#ab2119, #ff9d94); }
  </style>
  <main id="root"></main>
  <noscript>This page needs JavaScript.</noscript>
  <script src="/main.js"></script>
</html>`;

const app = express();
app.use(express.static('build/public'));
app.use(createNodeHandler({manifest: 'build/server-actions-manifest.json'}));
app.get('/', (req, res) => res.send(page));

const port = process.env.PORT ?? 3000;
app.listen(port, () => console.log(`Listening on http://localhost:${port}`));
