/** Tells whoever started the app, on stderr, one sentence a line. */
export function log(sentence: string): void {
  process.stderr.write(`carryscope: ${sentence}\n`)
}
