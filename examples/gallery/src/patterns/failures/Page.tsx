import {PingButton} from './PingButton.tsx';

export default function Page() {
  return <PingButton />;
}
