import {Planets} from './Planets.tsx';

export default function Page() {
  return <Planets />;
}
