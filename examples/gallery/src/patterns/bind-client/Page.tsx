import {list} from './list.ts';
import {RenameForm} from './RenameForm.tsx';

export default function Page() {
  return (
    <>
      <p>
        On the server: <output>{list.items.map(({name}) => name).join(', ')}</output>
      </p>
      {list.items.map((item) => (
        <RenameForm key={item.id} {...item} />
      ))}
    </>
  );
}
