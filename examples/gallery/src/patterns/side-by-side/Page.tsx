import {Bar} from './Bar.tsx';

export default function Page() {
  return <Bar />;
}
