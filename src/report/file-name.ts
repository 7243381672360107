/** Words joined by what every file system takes: `path-dla-C0-2968+1606-corrected`. */
export function fileName(words: readonly string[]): string {
  return words
    .filter(Boolean)
    .join('-')
    .replaceAll(/[^\w.+-]+/g, '-')
}
