import {shelf} from './shelf.ts';
import {UploadForm} from './UploadForm.tsx';

export default function Page() {
  return (
    <>
      <p>
        Last received: <output>{shelf.last}</output>
      </p>
      <UploadForm />
    </>
  );
}
