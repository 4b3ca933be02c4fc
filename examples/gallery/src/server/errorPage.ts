/** What people see when a page, or a form without JavaScript, fails. */
export function errorPage(status: number, text: string): Response {
  const title = status === 404 ? 'Not here' : 'That did not work';
  const html = `<!DOCTYPE html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(title)}</title>
<link rel="stylesheet" href="/assets/client.css">
<main class="error-page">
  <h1>${escapeHtml(title)}</h1>
  <p role="alert">${escapeHtml(text)}</p>
  <p><a href="/">All patterns</a></p>
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
