import { datasetSections } from '../dataset/sections'
import type { Section } from '../figures/section'
import { labSectionsOf } from '../lab/sections'
import type { LabSection } from '../../session/lab'
import type { Explorer } from '../state/explorer.svelte'
import { weightsSections } from '../weights/sections'
import type { Command } from './command'
import { workspaceNames } from './workspaces'

/** What figures are about in words that their formulas lack. */
const alsoCalled: Readonly<Record<string, string>> = {
  performance: 'accuracy score exact match probability',
  certainty: 'confidence probability histogram',
  'unembedding-directions': 'svd vectors',
}

/** What people call the carry lab's sections beside what these ask. */
const labWords: Readonly<Record<LabSection, string>> = {
  bench: 'activation causal patching donor interchange',
  needles: 'auc discriminative histogram',
  circle: 'residual stream angle plane logit lens clock',
  race: 'qk preference ladder who wins',
  'position-map': 'sites transplant where',
  probes: 'linear probing classifier decode',
  heads: 'shapley interaction pairs redundancy backup worth lattice',
}

/** Every figure and section of the workspaces of figures, found by its name, its analysis, its formula and its notebook cells. */
export function figureCommands(explorer: Explorer): readonly Command[] {
  return [
    ...inWorkspace(explorer, 'dataset', datasetSections),
    ...inWorkspace(explorer, 'weights', weightsSections),
    ...labSectionsOf(explorer.config).map(({ id, title, question, figures }) => ({
      label: `${workspaceNames.lab} › ${title}`,
      words: `section ${figures.map((figure) => `${figure.id} ${figure.title}`).join(' ')} ${labWords[id]}`,
      text: question,
      run: () => explorer.lab.show(id),
    })),
  ]
}

function inWorkspace(explorer: Explorer, workspace: 'dataset' | 'weights', sections: readonly Section[]): Command[] {
  const name = workspaceNames[workspace]
  return sections.flatMap(({ id, title, question, places }) => {
    const run = () => explorer.places.goToSection(workspace, id)
    const ofFigures = places.map(({ figure }) => ({
      label: `${name} › ${title} › ${figure.title}`,
      words: [
        figure.analysis,
        figure.id,
        alsoCalled[figure.id] ?? '',
        ...(figure.cells ?? []).map((cell) => `cell ${cell}`),
        'figure chart',
      ].join(' '),
      text: `${figure.definition.formula} ${figure.definition.hook}`,
      run,
    }))
    return [{ label: `${name} › ${title}`, words: 'section', text: question, run }, ...ofFigures]
  })
}
