import { cross, type Mark } from '../drawing/drawing'
import type { Display } from '../drawing/display'
import { decimalText, percentText } from '../drawing/number-text'
import { penOf } from '../drawing/pen'
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
  const { unit, ink, ink3, bad, panel: halo, text } = penOf(display)
  // The corner is too narrow for `intervened`.
  const nowName = names === usualNames ? 'now' : names.now
  const results = [[names.clean, clean] as const, [nowName, now] as const].slice(0, intervened ? 2 : 1)
  // Letters and `clean` leave the numbers where they always stand.
  const wide = Math.max(35, ...results.map(([name]) => name.length * 7))
  const shift = results.some(([, run]) => run.answer !== truth) ? 13 : 0
  const bottom = display.height - 14 * unit
  const line = 16 * unit
  const lines = results.flatMap(([name, run], index) => {
    const y = bottom - (results.length - 1 - index) * line
    const wrong = run.answer !== truth
    return [
      ...(wrong ? [cross(16 * unit, y, 3 * unit, bad, 1.5 * unit)] : []),
      text((12 + shift) * unit, y, name, { fill: wrong ? bad : ink, weight: 650, halo }),
      text((12 + shift + wide) * unit, y, polarText(run, plane), { weight: 400, halo }),
    ]
  })
  const quiet = (y: number, words: string) => text(12 * unit, y, words, { fill: ink3, weight: 400, halo })
  const explained = [
    quiet(10 * unit, 'arrow: one part, tail to head'),
    quiet(26 * unit, 'sector: top logit in this plane,'),
    quiet(42 * unit, `which holds ${percentText(plane.share)} % of W_U`),
  ]
  return [
    ...(display.width < narrow * unit ? [] : explained),
    quiet(bottom - results.length * line, 'sum of parts'),
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
