import {Greeting} from './Greeting.tsx';

export default function Page() {
  return (
    <>
      <Greeting />
      <p>
        <a href="/replay?late-script">Open with a script that is 3 seconds late</a>
      </p>
    </>
  );
}
