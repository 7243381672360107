/** What came of one kind of attack. */
export interface Tally {
  readonly attack: string
  tried: number
  /** Answers that differ from the reference, or bad input that was taken for good. */
  wrong: number
  /** Questions that got no answer. */
  lost: number
  /** Processes that ended though nobody killed them, and errors that are no refusal. */
  crashed: number
  /** Milliseconds from each kill to the next right answer. */
  readonly recoveries: number[]
}

export function tallyOf(attack: string): Tally {
  return { attack, tried: 0, wrong: 0, lost: 0, crashed: 0, recoveries: [] }
}

/** A row of the table, as Markdown has it. */
export function rowOf({ attack, tried, wrong, lost, crashed, recoveries }: Tally): string {
  const sorted = recoveries.toSorted((a, b) => a - b)
  const at = (share: number) =>
    sorted.length > 0 ? `${sorted[Math.floor(share * (sorted.length - 1))]!.toFixed(0)} ms` : '–'
  return `| ${[attack, tried.toLocaleString('en'), wrong, lost, crashed, at(0.5), at(0.95)].join(' | ')} |`
}

export const tableHead = [
  '| attack | tried | wrong | lost | crashed | recovery p50 | p95 |',
  '| --- | ---: | ---: | ---: | ---: | ---: | ---: |',
].join('\n')
