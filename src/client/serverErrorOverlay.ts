let overlay: HTMLElement | undefined;

/** Shows over the page why the server could not be built or started. */
export function showServerError(title: string, details: string): void {
  hideServerError();
  overlay = document.createElement('use-server-error');
  // Of its own root, so that the page's styles and the overlay's do not meet.
  const root = overlay.attachShadow({mode: 'open'});
  const dialog = document.createElement('dialog');
  dialog.setAttribute('style', 'max-width: 90vw; font: 1rem/1.5 system-ui, sans-serif');
  const heading = document.createElement('h1');
  heading.setAttribute('style', 'margin: 0; font-size: 1.25rem');
  heading.textContent = title;
  const text = document.createElement('pre');
  text.setAttribute('style', 'overflow-x: auto; font: 0.875rem/1.4 ui-monospace, monospace');
  text.textContent = details;
  const form = document.createElement('form');
  form.method = 'dialog';
  const button = document.createElement('button');
  button.textContent = 'Close';
  form.append(button);
  dialog.append(heading, text, form);
  root.append(dialog);
  document.documentElement.append(overlay);
  dialog.showModal();
}

/** Takes it away, if it is there. */
export function hideServerError(): void {
  overlay?.remove();
  overlay = undefined;
}
