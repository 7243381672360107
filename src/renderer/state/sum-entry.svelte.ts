import type { TaskLayout } from '../../core/task-layout'
import type { Telling } from './telling'

/** Where the digits of a sum are kept. */
export interface DigitKeeper {
  readonly analysis: { readonly digits: readonly (number | null)[] }
  change(parts: { readonly digits: readonly (number | null)[] }): void
  /** How those who draw the digits are told; at once where it is absent. */
  readonly telling?: Telling
}

/** Typing a sum: which cell is next, and what a key does to the digits. Cells count through A, then B. */
export class SumEntry {
  #cursor = 0
  /** Counts the moves of the cursor that were told of. */
  #moves = $state(0)
  /** Whether the cursor came here by typing; then Backspace takes back the cell before it. */
  #typing = false

  constructor(
    private readonly session: DigitKeeper,
    private readonly layout: TaskLayout,
  ) {}

  /** The cell that takes the next digit. */
  get cursor(): number {
    return this.#cursorAfter(this.#moves)
  }

  get digits(): readonly (number | null)[] {
    return this.session.analysis.digits
  }

  /** Digits of one operand. */
  get operandDigits(): number {
    return this.layout.operandDigits
  }

  /** The largest digit that fits in a cell. */
  largest(cell: number): number {
    return cell % this.operandDigits === 0 ? this.layout.largestFirstDigit : 9
  }

  /** Why this is not a sum yet, in one sentence; null when it is one. */
  get problem(): string | null {
    for (const [operand, at] of [
      ['A', 0],
      ['B', this.operandDigits],
    ] as const) {
      const first = this.digits[at]
      if (first !== null && first !== undefined && first > this.largest(at))
        return tooLarge(operand, first, this.layout)
    }
    const missing = this.digits.filter((digit) => digit === null).length
    if (missing === 0) return null
    return missing === 1 ? 'One digit is missing: type it in.' : `${missing} digits are missing: type them in.`
  }

  /** Whether a digit stands where it cannot: the first of an operand above the largest. */
  impossible(cell: number): boolean {
    return (this.digits[cell] ?? 0) > this.largest(cell)
  }

  moveTo(cell: number): void {
    this.#goTo((cell + this.digits.length) % this.digits.length)
    this.#typing = false
  }

  type(digit: number): void {
    this.#put(this.cursor, digit)
    this.moveTo(this.cursor + 1)
    this.#typing = true
  }

  /** Adds to the digit under the cursor, from 0 to the largest that fits there. */
  step(by: number): void {
    const largest = this.largest(this.cursor)
    const digit = this.digits[this.cursor] ?? (by > 0 ? -1 : largest + 1)
    this.#put(this.cursor, Math.min(Math.max(digit + by, 0), largest))
    this.#typing = false
  }

  backspace(): void {
    const cell = this.#typing ? (this.cursor + this.digits.length - 1) % this.digits.length : this.cursor
    this.#goTo(cell)
    this.#typing = true
    this.#put(cell, null)
  }

  erase(): void {
    this.#put(this.cursor, null)
  }

  #cursorAfter(_: number): number {
    return this.#cursor
  }

  #goTo(cell: number): void {
    this.#cursor = cell
    const tell = () => {
      this.#moves++
    }
    if (this.session.telling) this.session.telling.tell(tell)
    else tell()
  }

  #put(cell: number, digit: number | null): void {
    this.session.change({ digits: this.digits.with(cell, digit) })
  }
}

function tooLarge(operand: string, first: number, layout: TaskLayout): string {
  return `${operand}0 is ${first}: type 0 to ${layout.largestFirstDigit} there, so that the answer fits in ${layout.answerDigits} digits.`
}
