/** A small text that outlives the process. */
export interface TextStore {
  /** The text, or null where there is none to be read. */
  read(): string | null
  /** Throws where it cannot be kept. */
  write(text: string): void
}
