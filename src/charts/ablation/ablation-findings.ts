import { listed } from '../../core/counted'
import { mlpLabel } from '../../core/mlps'
import { positionInText } from '../../core/positions'
import { decimalText, signedText } from '../drawing/number-text'
import type { AblationInput, AblationSite } from './ablation-table'
import type { PositionDatum } from './position-ablation'
import type { TaskLayout } from '../../core/task-layout'

/** What ablations say, in one sentence. Losses are in nats; what is not known yet is left out. */

/** Losses below this are none: a model that is right everywhere is not a model in which they tell parts apart. */
const leastLoss = 5e-4

interface Named {
  readonly name: string
  readonly value: number
}

/** Which head costs the most and the least, and which the most at each answer digit; then what each MLP costs. */
export function headsFinding(input: AblationInput): string {
  const layers = Array.from(input.mlps?.lossDiff.data ?? [])
  const costs = known(layers.map((value, layer) => ({ name: mlpLabel(layer), value })))
  return costs.length > 0 ? `${ofHeads(input)} Of the MLPs, ${listed(costs.map(priceText))}.` : ofHeads(input)
}

function ofHeads({ lossDiff, lossDiffPerDigit }: AblationInput): string {
  const [, layers, heads] = lossDiff.shape as [number, number, number]
  const names = Array.from({ length: layers * heads }, (_, at) => `H${Math.floor(at / heads)}.${at % heads}`)
  const costs = known(names.map((name, at) => ({ name, value: lossDiff.data[at] ?? NaN })))
  const [most, least] = [costs[0], costs.at(-1)]
  if (!most || !least) return 'No head is measured yet.'
  if (Math.abs(most.value) < leastLoss && Math.abs(least.value) < leastLoss)
    return 'No head is missed: each alone costs less than 0.001 nats.'
  const digits = lossDiffPerDigit.labels.digit ?? []
  const costliest = digits.map((digit, column) => {
    const ofDigit = names.map((name, at) => ({
      name,
      value: lossDiffPerDigit.data[at * digits.length + column] ?? NaN,
    }))
    return { digit, head: known(ofDigit)[0]?.name ?? '' }
  })
  const byHead = names.flatMap((name) => {
    const at = costliest.filter(({ head }) => head === name).map(({ digit }) => digit)
    return at.length > 0 ? [`${name} at ${listed(at)}`] : []
  })
  const first =
    costs.length > 1
      ? `${priceText(most)} costs the most alone, ${priceText(least)} the least`
      : `${priceText(most)} is what its only head costs`
  return byHead.length > 0 ? `${first}; by digit, the most is lost without ${listed(byHead)}.` : `${first}.`
}

const sitePlurals: Readonly<Record<AblationSite, string>> = {
  q: 'queries',
  k: 'keys',
  v: 'values',
  result: 'outputs',
  mlp_out: 'MLPs',
}

/** What the queries, keys and values of each layer cost at most: what costs nothing is the same for every sum. */
export function sitesFinding({ lossDiff }: AblationInput): string {
  const [, layers, heads] = lossDiff.shape as [number, number, number]
  const sites = (lossDiff.labels.site ?? []) as readonly AblationSite[]
  const ofLayer = (layer: number) =>
    sites.map((site, row) => {
      const losses = Array.from({ length: heads }, (_, head) => {
        return { name: `H${layer}.${head}`, value: lossDiff.data[(row * layers + layer) * heads + head] ?? NaN }
      })
      const [most] = known(losses)
      return `${sitePlurals[site]} ${most ? `${lossText(most.value)} (${most.name})` : 'not measured yet'}`
    })
  const parts = Array.from({ length: layers }, (_, layer) => `in layer ${layer} ${listed(ofLayer(layer))}`)
  return `The dearest, in nats: ${parts.join('; ')}.`
}

/** Where one head does most of its work for one digit. */
export function positionsFinding(data: readonly PositionDatum[], digit: string, layout: TaskLayout): string {
  const [most] = known(
    data.filter((datum) => datum.digit === digit).map((datum) => ({ ...datum, name: `H${datum.layer}.${datum.head}` })),
  )
  if (!most) return `No position is measured yet for ${digit}.`
  if (most.value < leastLoss)
    return `No head is missed at any single position for ${digit}: each costs less than 0.001 nats.`
  return `For ${digit}, most is lost without ${most.name} at ${positionInText(most.position, layout)}: ${signedText(most.value, 2)} nats.`
}

/** The known ones, the largest first. */
function known<N extends Named>(values: readonly N[]): N[] {
  return values.filter(({ value }) => !Number.isNaN(value)).toSorted((one, other) => other.value - one.value)
}

function priceText({ name, value }: Named): string {
  return `${name} (${lossText(value)} nats)`
}

/** `+31.6`, `+0.0014`. */
function lossText(value: number): string {
  if (Math.abs(value) < 1e-4) return decimalText(0, 0)
  return signedText(value, Math.abs(value) < 0.1 ? 4 : 1)
}
