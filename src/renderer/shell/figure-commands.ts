import { datasetSections } from '../dataset/sections'
import type { Section } from '../figures/section'
import { labSectionsOf } from '../lab/sections'
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

/** Every figure and section of the workspaces of figures, found by its name, its analysis, its formula and its notebook cells. */
export function figureCommands(explorer: Explorer): readonly Command[] {
  return [
    ...inWorkspace(explorer, 'dataset', datasetSections),
    ...inWorkspace(explorer, 'weights', weightsSections),
    ...labSectionsOf(explorer.config).map(({ id, title, question }) => ({
      label: `${workspaceNames.lab} › ${title}`,
      words: `section ${question}`,
      run: () => explorer.lab.show(id),
    })),
  ]
}

function inWorkspace(explorer: Explorer, workspace: 'dataset' | 'weights', sections: readonly Section[]): Command[] {
  const name = workspaceNames[workspace]
  return sections.flatMap(({ id, title, question, places }) => {
    const run = () => explorer.goToSection(workspace, id)
    const ofFigures = places.map(({ figure }) => ({
      label: `${name} › ${title} › ${figure.title}`,
      words: [
        figure.analysis,
        figure.id,
        alsoCalled[figure.id] ?? '',
        figure.definition.formula,
        figure.definition.hook,
        ...figure.cells.map((cell) => `cell ${cell}`),
        'figure chart',
      ].join(' '),
      run,
    }))
    return [{ label: `${name} › ${title}`, words: question, run }, ...ofFigures]
  })
}
