import {Reader} from './Reader.tsx';

export default function Page() {
  return <Reader />;
}
