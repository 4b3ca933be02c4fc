import {assetPath} from './assets.ts';

/** What people see when a page or a form without JavaScript fails. */
export function errorPage(status: number, text: string): Response {
  const html = `<!DOCTYPE html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>That did not work</title>
<link rel="stylesheet" href="${assetPath('client.css')}">
<main>
  <section class="message" role="alert">
    <h2>That did not work</h2>
    <p class="error">${escapeHtml(text)}</p>
    <a href="/">Back to the notes</a>
  </section>
</main>
</html>`;
  return new Response(html, {
    status,
    headers: {'Content-Type': 'text/html; charset=utf-8', 'Cache-Control': 'no-store'},
  });
}

function escapeHtml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
}
