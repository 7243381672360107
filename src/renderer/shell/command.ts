/** Something that can be searched for and done. */
export interface Command {
  readonly label: string
  /** Its key, where it has one. */
  readonly keys?: string
  /** What else it is found by. */
  readonly words?: string
  readonly run: () => void
}
