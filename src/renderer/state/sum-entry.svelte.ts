import type { SessionState } from './session.svelte'

/** Typing a sum: which cell is next, and what a key does to the digits. Cells count through A, then B. */
export class SumEntry {
  /** The cell that takes the next digit. */
  cursor = $state(0)
  /** Whether the cursor came here by typing; then Backspace takes back the cell before it. */
  #typing = false

  constructor(private readonly session: SessionState) {}

  get digits(): readonly (number | null)[] {
    return this.session.analysis.digits
  }

  get numDigits(): number {
    return this.digits.length / 2
  }

  /** Why this is not a sum yet, in one sentence; null when it is one. */
  get problem(): string | null {
    for (const [operand, at] of [
      ['A', 0],
      ['B', this.numDigits],
    ] as const) {
      const first = this.digits[at]
      if (first !== null && first !== undefined && first > 4) return tooLarge(operand, first, this.numDigits)
    }
    const missing = this.digits.filter((digit) => digit === null).length
    if (missing === 0) return null
    return missing === 1 ? 'One digit is missing: type it in.' : `${missing} digits are missing: type them in.`
  }

  /** Whether a digit stands where it cannot: the first of an operand above 4. */
  impossible(cell: number): boolean {
    return cell % this.numDigits === 0 && (this.digits[cell] ?? 0) > 4
  }

  moveTo(cell: number): void {
    this.cursor = (cell + this.digits.length) % this.digits.length
    this.#typing = false
  }

  type(digit: number): void {
    this.#put(this.cursor, digit)
    this.moveTo(this.cursor + 1)
    this.#typing = true
  }

  /** Adds to the digit under the cursor, from 0 to the largest that fits there. */
  step(by: number): void {
    const largest = this.cursor % this.numDigits === 0 ? 4 : 9
    const digit = this.digits[this.cursor] ?? (by > 0 ? -1 : largest + 1)
    this.#put(this.cursor, Math.min(Math.max(digit + by, 0), largest))
    this.#typing = false
  }

  backspace(): void {
    const cell = this.#typing ? (this.cursor + this.digits.length - 1) % this.digits.length : this.cursor
    this.cursor = cell
    this.#typing = true
    this.#put(cell, null)
  }

  erase(): void {
    this.#put(this.cursor, null)
  }

  #put(cell: number, digit: number | null): void {
    this.session.change({ digits: this.digits.with(cell, digit) })
  }
}

function tooLarge(operand: string, first: number, numDigits: number): string {
  return `${operand}0 is ${first}: type 0 to 4 there, so that the answer fits in ${numDigits} digits.`
}
