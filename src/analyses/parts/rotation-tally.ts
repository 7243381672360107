import { tensorOver } from '../../core/axis'
import { mean } from '../../core/statistics'
import type { Tensor } from '../../core/tensor'
import type { ModelConfig } from '../../model/config'
import { rowOfDigit } from './answer-row'
import { digitAxis } from './axes'
import { logitCount } from './logit-map'
import type { PairedDigits } from './paired-sums'

/** Cosines and sines of the tenths of a turn. */
const turns = Array.from({ length: logitCount }, (_, digit) => (2 * Math.PI * digit) / logitCount)
const [cosines, sines] = [turns.map(Math.cos), turns.map(Math.sin)]

/**
 * By how many degrees the answer turns: the phase of the wave of frequency 1 in the ten logits, after a transplant less before,
 * over the pairs that should turn: those whose carry differs, or, of a digit that a hypothesis is about, those of which it says
 * so. Positive with the carry: towards the next digit where there should be one more, back where one less.
 */
export class RotationTally {
  readonly #turns: number[][]

  constructor(private readonly config: ModelConfig) {
    this.#turns = Array.from({ length: config.layout.answerDigits }, () => [])
  }

  /** Both are logits [pair, position, vocab]. */
  add(pairs: PairedDigits, before: Tensor, after: Tensor): void {
    const { layout } = this.config
    for (let pair = 0; pair < pairs.pairs; pair++)
      for (let digit = 0; digit < layout.answerDigits; digit++) {
        const direction = pairs.turns[pair * layout.answerDigits + digit]!
        if (direction === 0) continue
        const turn = wrapped(this.#phase(after, pair, digit) - this.#phase(before, pair, digit))
        this.#turns[digit]!.push(turn * direction)
      }
  }

  /** NaN where no pair should turn. */
  result() {
    const axes = [digitAxis(this.config.layout)] as const
    return {
      rotation: tensorOver(axes, this.#turns.map(mean), 'degrees'),
      rotationSd: tensorOver(axes, this.#turns.map(deviationOf), 'degrees'),
    }
  }

  /** Degrees, growing by 36 from one digit to the next. */
  #phase({ data, shape }: Tensor, pair: number, digit: number): number {
    const rows = shape[1]!
    const first = (pair * rows + rowOfDigit(rows, digit, this.config)) * this.config.d_vocab
    let [real, imaginary] = [0, 0]
    for (let logit = 0; logit < logitCount; logit++) {
      real += data[first + logit]! * cosines[logit]!
      imaginary += data[first + logit]! * sines[logit]!
    }
    return (Math.atan2(imaginary, real) * 180) / Math.PI
  }
}

/** Into (-180, 180]. */
function wrapped(degrees: number): number {
  const turn = degrees % 360
  return turn > 180 ? turn - 360 : turn <= -180 ? turn + 360 : turn
}

/** Over all pairs: they are what is described, not a sample of it. */
function deviationOf(values: readonly number[]): number {
  const middle = mean(values)
  return Math.sqrt(mean(values.map((value) => (value - middle) ** 2)))
}
