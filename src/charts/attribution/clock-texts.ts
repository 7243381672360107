import { cross, type Mark } from '../drawing/drawing'
import { metrics, tokensOf, type Display } from '../drawing/display'
import { decimalText, percentText } from '../drawing/number-text'
import { usualNames } from '../drawing/run-names'
import { tokenText } from '../sums/predictions'
import { degreesOf } from './clock-chain'
import type { ClockInput, ClockRun } from './clock-input'
import type { ReadoutPlane } from './readout-plane'

/** Below this width the explanation would stand in the picture. */
const narrow = 360

/** What stands beside the face: how to read it, and where each run ends. */
export function clockTexts(
  { clean, now, intervened, truth, plane, names = usualNames }: ClockInput,
  display: Display,
): Mark[] {
  const { unit, label: size } = metrics(display)
  const { ink, ink2, ink3, bad, panel } = tokensOf(display)
  const text = (x: number, y: number, content: string, fill: string, weight = 400): Mark => {
    return { kind: 'text', x: x * unit, y, text: content, size, fill, weight, halo: panel }
  }
  const results = intervened
    ? ([
        [names.clean, clean],
        // The corner is too narrow for `intervened`.
        [names === usualNames ? 'now' : names.now, now],
      ] as const)
    : ([[names.clean, clean]] as const)
  // Letters and `clean` leave the numbers where they always stand.
  const wide = Math.max(35, ...results.map(([name]) => name.length * 7))
  const shift = results.some(([, run]) => run.answer !== truth) ? 13 : 0
  const bottom = display.height - 14 * unit
  const line = 16 * unit
  const lines = results.flatMap(([name, run], index) => {
    const y = bottom - (results.length - 1 - index) * line
    const wrong = run.answer !== truth
    const mark = wrong ? [cross(16 * unit, y, 3 * unit, bad, 1.5 * unit)] : []
    return [
      ...mark,
      text(12 + shift, y, name, wrong ? bad : ink, 650),
      text(12 + shift + wide, y, polarText(run, plane), ink2),
    ]
  })
  const explained = [
    text(12, 10 * unit, 'arrow: one part, tail to head', ink3),
    text(12, 26 * unit, 'sector: top logit in this plane,', ink3),
    text(12, 42 * unit, `which holds ${percentText(plane.share)} % of W_U`, ink3),
  ]
  return [
    ...(display.width < narrow * unit ? [] : explained),
    text(12, bottom - results.length * line, 'sum of parts', ink3),
    ...lines,
  ]
}

/** `152°, 6.13 → 5`, or, where the plane alone would answer 8, `175°, 4.40, in 8 → 6`. */
export function polarText({ chain: { end }, answer }: ClockRun, plane: ReadoutPlane): string {
  const length = Math.hypot(end.x, end.y)
  const logits = plane.digits.map((digit) => digit.x * end.x + digit.y * end.y)
  const pointedAt = logits.indexOf(Math.max(...logits))
  const aside = pointedAt === answer ? '' : `, in ${pointedAt}`
  return Number.isNaN(length) ? '–' : `${degreesOf(end)}°, ${decimalText(length, 2)}${aside} → ${tokenText(answer)}`
}
