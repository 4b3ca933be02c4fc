import {EmptyNote} from './EmptyNote.tsx';
import {notebook} from './notebook.ts';

export default function Page() {
  return (
    <>
      <p>
        Empty notes: <output>{notebook.notes}</output>
      </p>
      <EmptyNote />
    </>
  );
}
