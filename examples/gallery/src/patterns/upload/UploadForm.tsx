'use client';
import {useState, useTransition, type SubmitEvent} from 'react';
import {fetchWithProgress, withCallOptions} from 'use-server-webpack-plugin/client';
import {upload} from './actions.ts';

export function UploadForm() {
  const [percent, setPercent] = useState<number>();
  const [failed, setFailed] = useState(false);
  const [isPending, startTransition] = useTransition();

  const fetch = fetchWithProgress(({loaded, total}) => {
    if (total) setPercent(Math.round((loaded / total) * 100));
  });

  // Without JavaScript the browser posts the form to the server function by itself.
  function submit(event: SubmitEvent<HTMLFormElement>) {
    event.preventDefault();
    if (isPending) return;
    const form = new FormData(event.currentTarget);
    setFailed(false);
    startTransition(async () => {
      try {
        await withCallOptions({fetch}, upload)(form);
      } catch {
        // Why, has the notice of the app said: too large, for one. The file stays chosen.
        startTransition(() => setFailed(true));
      }
    });
  }

  return (
    <form action={upload} onSubmit={submit}>
      <label>
        File, up to 20 MB
        <input name="file" type="file" required />
      </label>
      <button aria-disabled={isPending}>Upload</button>
      {percent !== undefined && (
        <label>
          {percent}% sent
          <progress value={percent} max={100} />
        </label>
      )}
      <p role="status">
        {isPending ? 'Uploading' : percent !== undefined && !failed && 'Uploaded'}
      </p>
      {failed && <p role="alert">The file was not uploaded.</p>}
    </form>
  );
}
