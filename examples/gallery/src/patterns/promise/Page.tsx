import {Search} from './Search.tsx';

export default function Page() {
  return <Search />;
}
