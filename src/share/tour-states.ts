import { figureNamed } from '../charts/figure-named'
import type { ModelInfo } from '../contract/contract'
import { commandText, layoutToSay } from '../report/command-text'
import type { Measured } from '../tour/claim'
import type { Checked } from '../tour/take-tour'
import { tourJson } from '../tour/tour-json'
import { valuesText, valueText, verdictBoundsText } from '../tour/value-text'
import { publishedVerdict } from '../tour/verdict'
import type { Fact, SharedState, SharedStates, WantedPicture } from './shared-page'

/**
 * A tour that was taken: a state for each claim, with its verdict, its numbers between their bounds, and the figure that they are
 * read from.
 */
export function tourStates(all: readonly Checked[], model: ModelInfo): SharedStates<WantedPicture> {
  return {
    title: `The tour of ${model.name}`,
    line: `${all.length} claims about how a model adds, each checked on this model. A refuted claim is a finding too.`,
    model,
    states: all.map((checked) => stateOf(checked, model)),
    data: { tour: tourJson(all, model) },
  }
}

function stateOf(checked: Checked, model: ModelInfo): SharedState<WantedPicture> {
  const { claim, verdict } = checked
  const { statement: title, why: line } = claim
  if (!('measured' in checked))
    return {
      title,
      line,
      verdict: { kind: verdict, numbers: '' },
      facts: [{ name: 'Not asked', text: checked.reason }, publishedFact(checked)],
      pictures: [],
    }
  const { measured } = checked
  const { values, found, asked } = measured
  const facts: Fact[] = claim.quantities.flatMap((quantity, index) => [
    { name: sentenceCase(quantity.name), text: valueText(values[index]!, quantity) },
    { name: 'Bounds', text: verdictBoundsText(quantity) },
  ])
  return {
    title,
    line,
    verdict: { kind: verdict, numbers: valuesText(values, claim.quantities) },
    facts: [
      ...facts,
      publishedFact(checked),
      { name: 'Found', text: found },
      ...(asked ? [commandFact(asked, model)] : []),
    ],
    pictures: claim.figure !== null && asked ? [pictureOf(claim.figure, measured)] : [],
  }
}

function pictureOf(figure: string, { asked, looks = {} }: Measured): WantedPicture {
  return { figure: figureNamed(figure), params: asked!.params, caption: '', ...looks }
}

/** The page may be handed to others, whom the folders of this machine do not concern. */
function commandFact({ id, params }: NonNullable<Measured['asked']>, model: ModelInfo): Fact {
  return { name: 'Command', text: commandText(id, params, model.config, null, layoutToSay(model)), code: true }
}

function publishedFact({ claim }: Checked): Fact {
  const { quantities } = claim
  const values = quantities.map(({ published }) => published)
  return { name: 'Published model', text: `${publishedVerdict(claim)}, ${valuesText(values, quantities)}` }
}

function sentenceCase(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}
