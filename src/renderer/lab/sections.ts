import type { AnalysisParams } from '../../analyses/registry'
import { figuresOf, type AnyFigure } from '../../charts/figure'
import { figureNamed } from '../../charts/figure-named'
import type { ModelConfig } from '../../model/config'
import type { LabSection } from '../../session/lab'

/** A section of the carry lab: what takes the bench's place, and the declared figures of its analyses. */
export interface LabSectionText {
  readonly id: LabSection
  readonly title: string
  readonly question: string
  readonly figures: readonly AnyFigure[]
}

const section = (id: LabSection, title: string, question: string, ...figures: string[]): LabSectionText => ({
  id,
  title,
  question,
  figures: figures.map(figureNamed),
})

const all: readonly LabSectionText[] = [
  section(
    'bench',
    'Bench',
    'which carry the answer follows when a head writes what it wrote for another sum',
    'transplant-map',
    'transplant',
  ),
  section('needles', 'Needles', 'which attention tells whether there is a carry', 'needles', 'carry-needles'),
  section(
    'circle',
    'Circle',
    'how the answer becomes an angle from layer to layer',
    'circle',
    'residual-circle',
    'logit-lens',
  ),
  section(
    'race',
    'Race',
    'which digit of a column wins the look, and what that says of its carry',
    'race',
    'hierarchy',
  ),
  section('position-map', 'Position map', 'which head at which position carries each digit’s carry', 'transplant-map'),
  section('probes', 'Probes', 'what can be read where, used or not', 'probe-map', 'probe'),
  section('heads', 'Heads together', 'what each head is worth once the others are ablated too', 'interaction'),
]

/** The sections that mean something for a model. */
export function labSectionsOf(config: Pick<ModelConfig, 'n_layers' | 'n_heads'>): readonly LabSectionText[] {
  return all
    .map((each) => ({ ...each, figures: figuresOf(each.figures, config) }))
    .filter(({ figures }) => figures.length > 0)
}

/** What the lab asks of a figure beyond what a report does: there every point would be carried along. */
export function asksOf(figure: string): Partial<AnalysisParams> {
  return figure === 'circle' ? { examples: 1000 } : {}
}
