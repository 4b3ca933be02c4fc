import {Framer} from './Framer.tsx';

export default function Page() {
  return <Framer />;
}
