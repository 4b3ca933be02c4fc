/** File names that may hold JavaScript or TypeScript, and so a directive. */
export const SOURCE_FILE = /\.[cm]?[jt]sx?$/i;

/** Whether a file's bytes hold the text of a directive. What has none costs no more than this. */
export function hasDirectiveText(content: Buffer | string): boolean {
  return content.includes('use server') || content.includes('use client');
}

/** The text of a file, without a byte order mark. */
export function decodeText(content: Buffer | string): string {
  const text = content.toString();
  return text.charCodeAt(0) === 0xfeff ? text.slice(1) : text;
}
