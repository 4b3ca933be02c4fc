import {Counter} from './Counter.tsx';

export default function Page() {
  return <Counter />;
}
