import {Stopwatch} from './Stopwatch.tsx';

export default function Page() {
  return <Stopwatch />;
}
