import {CreateButton} from './CreateButton.tsx';

export default function Page() {
  return <CreateButton />;
}
