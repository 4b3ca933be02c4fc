import {Buttons} from './Buttons.tsx';
import {counter} from './counter.ts';

export default function Page() {
  return (
    <>
      <p>
        The page says: <output>{counter.value}</output>
      </p>
      <Buttons />
    </>
  );
}
