import {readImage} from '../images.ts';

/** @returns the id in the path of an image, if it is one */
export function imageId(pathname: string): string | undefined {
  return /^\/images\/([\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12})$/.exec(pathname)?.[1];
}

/** Gives back what somebody uploaded, in a way that lets it be an image and nothing else. */
export async function serveImage(id: string): Promise<Response | undefined> {
  const image = await readImage(id);
  if (!image) return undefined;
  return new Response(image.bytes, {
    headers: {
      // One of four, told by its first bytes: see images.ts.
      'Content-Type': image.type,
      'X-Content-Type-Options': 'nosniff',
      'Content-Disposition': `inline; filename*=UTF-8''${encodeFileName(image.name)}`,
      'Content-Security-Policy': "default-src 'none'; sandbox",
      'Cross-Origin-Resource-Policy': 'same-origin',
      // Another image has another id.
      'Cache-Control': 'private, max-age=31536000, immutable',
    },
  });
}

/** As RFC 8187 has it, which allows fewer characters than URLs do. */
function encodeFileName(name: string): string {
  return encodeURIComponent(name).replaceAll(
    /['()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16)}`,
  );
}
