import {cache} from '../../cache.ts';
import {memory} from '../../memory.ts';

const station = memory({measurements: 0});

/** Measures once, and again only after "weather" has been revalidated. */
export const readWeather = cache.cached(
  async (city: string) => `${city}: 18°, measurement ${++station.measurements}`,
  {tags: ['weather']},
);
