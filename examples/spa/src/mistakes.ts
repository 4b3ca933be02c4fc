import {ServerFunctionRequestError} from 'use-server-webpack-plugin/client';

/** Messages by field; those that belong to no field are in `form`. */
export type Mistakes = Partial<Record<string, string[]>>;

/** What a call rejects with, as what its form shows. */
export function toMistakes(error: unknown): {errors: Mistakes} {
  if (error instanceof ServerFunctionRequestError && error.code === 'body-too-large') {
    return {errors: {receipt: ['This file is too large to be sent.']}};
  }
  return {errors: {form: ['This was not saved. What you have entered is still here.']}};
}
