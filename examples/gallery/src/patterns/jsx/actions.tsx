'use server';
import {Disclosure} from './Disclosure.tsx';

const facts = {
  Mercury: 'A year has 88 days.',
  Venus: 'A day is longer than a year.',
};

export async function describe(planet: keyof typeof facts) {
  return (
    <article>
      <h3>{planet}</h3>
      <Disclosure label="More">
        <p>{facts[planet]}</p>
      </Disclosure>
    </article>
  );
}
