/** What an image may have. The handler takes bodies that are a little larger: see server/requestHandler.ts. */
export const MAX_IMAGE_BYTES = 1_500_000;

/** @returns what is wrong with a file, which the browser and the server both ask; `undefined` for nothing */
export function imageError(file: unknown): string | undefined {
  if (!(file instanceof File) || file.size === 0) return 'Please choose an image.';
  if (file.size > MAX_IMAGE_BYTES) {
    return `“${file.name}” has ${megabytes(file.size)} MB. An image can have ${megabytes(MAX_IMAGE_BYTES)} MB at most.`;
  }
  return undefined;
}

function megabytes(bytes: number): string {
  return (bytes / 1_000_000).toFixed(1);
}
