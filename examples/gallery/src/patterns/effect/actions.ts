'use server';
import {memory} from '../../memory.ts';

const statistics = memory({views: 0});

export async function incrementViews() {
  return ++statistics.views;
}
