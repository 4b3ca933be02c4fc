'use client';
import {useState, useTransition, type SubmitEvent} from 'react';
import {fetchWithProgress, withCallOptions} from 'use-server-webpack-plugin/client';
import {upload} from './actions.ts';

export function UploadForm() {
  const [percent, setPercent] = useState<number>();
  const [isPending, startTransition] = useTransition();

  const fetch = fetchWithProgress(({loaded, total}) => {
    if (total) setPercent(Math.round((loaded / total) * 100));
  });

  // Without JavaScript the browser posts the form to the server function by itself.
  function submit(event: SubmitEvent<HTMLFormElement>) {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    startTransition(() => withCallOptions({fetch}, upload)(form));
  }

  return (
    <form action={upload} onSubmit={submit}>
      <label>
        File, up to 20 MB
        <input name="file" type="file" required />
      </label>
      <button disabled={isPending}>Upload</button>
      {percent !== undefined && (
        <label>
          {percent}% sent
          <progress value={percent} max={100} />
        </label>
      )}
    </form>
  );
}
