import {UpdateName} from './UpdateName.tsx';

export default function Page() {
  return <UpdateName />;
}
