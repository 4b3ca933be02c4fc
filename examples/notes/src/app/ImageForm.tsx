'use client';
import {useId, useState} from 'react';
import {fetchWithProgress, withCallOptions} from 'use-server-webpack-plugin/client';
import type {FormFunction} from '../formAnswer.ts';
import {imageError} from '../imageForm.ts';
import {errorProps, FieldError, FormError} from './errors.tsx';
import {SubmitButton} from './SubmitButton.tsx';
import {useServerForm} from './useServerForm.ts';

interface Props {
  title: string;
  hasImage: boolean;
  attach: FormFunction;
  remove: FormFunction;
}

export function ImageForm({title, hasImage, attach, remove}: Props) {
  return (
    <details className="panel">
      <summary aria-label={`Image of ${title}`}>Image</summary>
      <UploadForm title={title} attach={attach} />
      {hasImage && <RemoveImageForm title={title} remove={remove} />}
    </details>
  );
}

function UploadForm({title, attach}: Pick<Props, 'title' | 'attach'>) {
  const id = useId();
  const [percent, setPercent] = useState(0);
  const fetch = fetchWithProgress(({loaded, total}) => {
    if (total) setPercent(Math.round((100 * loaded) / total));
  });
  const {answer, isPending, form} = useServerForm(attach, {
    pending: 'Uploading',
    // The server would find it too, after all of the file has been sent.
    check: (sent) => {
      const image = imageError(sent.get('image'));
      return image ? {image} : undefined;
    },
    send(before, sent) {
      setPercent(0);
      return withCallOptions({fetch}, attach)(before, sent);
    },
    onDone: (element) => element.reset(),
  });
  const error = answer.errors?.image;
  return (
    <form {...form} aria-label={`Image of ${title}`}>
      <label htmlFor={id}>Image, up to 1.5 MB</label>
      <input
        id={id}
        type="file"
        name="image"
        accept="image/png,image/jpeg,image/gif,image/webp"
        {...errorProps(id, error)}
      />
      <FieldError of={id} text={error} />
      <FormError text={answer.errors?.form} />
      <div className="upload">
        <SubmitButton className="primary" isPending={isPending}>
          {isPending ? 'Uploading' : 'Upload'}
        </SubmitButton>
        {isPending && (
          <>
            <progress aria-label={`Upload to ${title}`} value={percent} max={100} />
            {percent} % sent
          </>
        )}
      </div>
    </form>
  );
}

function RemoveImageForm({title, remove}: Pick<Props, 'title' | 'remove'>) {
  const {answer, isPending, form} = useServerForm(remove, {pending: 'Removing the image'});
  return (
    <form {...form}>
      <SubmitButton className="quiet" isPending={isPending} label={`Remove image of ${title}`}>
        {isPending ? 'Removing' : 'Remove image'}
      </SubmitButton>
      <FormError text={answer.errors?.form} />
    </form>
  );
}
