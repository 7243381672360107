/** What a tooltip says: the subject, one line for each figure with its unit, and the hook it was read at. */
export interface Note {
  readonly subject: string
  readonly lines: readonly NoteLine[]
  readonly hook?: string
}

export interface NoteLine {
  /** `clean`, `intervened`, `Δ`. */
  readonly label: string
  /** Number and unit: `−20.8 logits`. */
  readonly value: string
}
