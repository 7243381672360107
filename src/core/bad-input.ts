import { oneSentence } from './one-sentence'

/**
 * What a person gave cannot be used. The message is one full sentence of fewer than 300 characters: what was found, what was
 * wanted, what to do. The command line turns it into exit code 2; the window shows it where it happened.
 */
export class BadInput extends Error {
  override readonly name = 'BadInput'

  constructor(message: string, options?: ErrorOptions) {
    super(oneSentence(message), options)
  }
}
