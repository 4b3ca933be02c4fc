import {apply} from './actions.ts';
import {Converter} from './Converter.tsx';

const languages = {german: 'Hallo', french: 'Bonjour'};

export default function Page() {
  // `greeting` is captured: encrypted on its way through the browser and back.
  const greetIn = (greeting: string) =>
    async function greet(name: string) {
      'use server';
      return `${greeting} ${name}`;
    };

  return (
    <Converter
      apply={apply}
      functions={{German: greetIn(languages.german), French: greetIn(languages.french)}}
    />
  );
}
