import {ViewCount} from './ViewCount.tsx';

export default function Page() {
  return <ViewCount />;
}
