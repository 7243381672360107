/**
 * What a person gave cannot be used. The message is one full sentence: what was found, what was wanted, what to do.
 * The command line turns it into exit code 2; the window shows it where it happened.
 */
export class BadInput extends Error {
  override readonly name = 'BadInput'
}
