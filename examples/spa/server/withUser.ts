import {z} from 'zod';
import {currentUser} from './session.ts';
import type {User} from './users.ts';

/** What people can mend: messages by field. */
export interface Mistakes {
  errors: Partial<Record<string, string[]>>;
}

/**
 * A server function for users who have signed in. Its argument is what the schema makes of what the caller sent.
 *
 *     export const rename = withUser(Name, async (user, name) => …);
 */
export function withUser<Schema extends z.ZodType, Result>(
  schema: Schema,
  run: (user: User, input: z.output<Schema>) => Promise<Result>,
): (input: z.input<Schema>) => Promise<Result | Mistakes> {
  return async (input) => {
    const user = currentUser();
    if (!user) throw new Error('requireUser has let somebody through.');
    const {success, data, error} = schema.safeParse(input);
    if (!success) return {errors: z.flattenError(error).fieldErrors};
    return run(user, data);
  };
}
