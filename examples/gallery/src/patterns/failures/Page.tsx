import {FaultSwitch} from './FaultSwitch.tsx';
import {PingForm} from './PingForm.tsx';

export default function Page() {
  return (
    <>
      <FaultSwitch />
      <PingForm />
    </>
  );
}
