import {revalidatePath, revalidateTag} from 'use-server-webpack-plugin/server';
import {FormGuard} from '../../app/FormGuard.tsx';
import {readWeather} from './weather.ts';

export default async function Page() {
  async function showAgain() {
    'use server';
    revalidatePath('/revalidate-tag');
  }

  async function measureAgain() {
    'use server';
    revalidateTag('weather');
  }

  return (
    <form action={showAgain}>
      <p>
        <output>{await readWeather('Lisbon')}</output>
      </p>
      <div className="buttons">
        <button className="quiet">Show again</button>
        <button formAction={measureAgain}>Measure again</button>
      </div>
      <FormGuard />
    </form>
  );
}
