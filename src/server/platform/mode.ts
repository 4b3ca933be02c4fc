/*
 * Read once: to ask the environment takes longer than most of what is done for a call. In a bundle
 * webpack writes its `mode` here.
 */
const mode = process.env['NODE_ENV'];

/** Whether answers may show errors. Everything but `development` is taken for production. */
export const isDevelopment: boolean = mode === 'development';

/** Whether React runs its development build, which speaks another dialect: it does unless told otherwise. */
export const reactIsDevelopment: boolean = mode !== 'production';

let hasWarned = false;

/**
 * Warns once where `NODE_ENV` is neither `development` nor `production`: React then runs its development
 * build on what may be a public server.
 */
export function warnOfUnclearMode(): void {
  if (hasWarned || isDevelopment || !reactIsDevelopment) return;
  hasWarned = true;
  const state = mode === undefined || mode === '' ? 'is not set' : `is ${JSON.stringify(mode)}`;
  console.warn(
    `NODE_ENV ${state}: React runs its slower development build, which sends the messages of errors inside results. Set NODE_ENV=production on servers, or NODE_ENV=development where you work.`,
  );
}
