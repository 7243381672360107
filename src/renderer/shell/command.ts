/** Something that can be searched for and done. */
export interface Command {
  readonly label: string
  /** Its key, where it has one. */
  readonly keys?: string
  /** What else it is found by. */
  readonly words?: string
  /** What it says of itself in full: it is found by that too, after all that is found otherwise. */
  readonly text?: string
  /** Whether the label says something rather than names it: what is called by a word comes before what says it. */
  readonly isSentence?: boolean
  readonly run: () => void
}
