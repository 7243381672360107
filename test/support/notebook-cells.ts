import { readFileSync } from 'node:fs'
import { join } from 'node:path'

/** The documentation's table of the published notebook's cells: what each shows, where the app has it, and which command gives it. */
export interface CellRow {
  /** Execution counts. */
  readonly cells: readonly number[]
  /** How many figures the notebook draws there. */
  readonly draws: number
  readonly places: readonly Place[]
  readonly command: string
  /** Entries of the command's result. */
  readonly names: readonly string[]
  /** Where the notebook differs. */
  readonly differs: string
}

/** `Weights › Unembedding`, and the figures there. */
export interface Place {
  readonly workspace: string
  /** Empty in Explore, which has panels only. */
  readonly section: string
  readonly figures: readonly string[]
}

const page = readFileSync(join(import.meta.dirname, '../../docs/notebook.md'), 'utf8')

export const cellRows: readonly CellRow[] = page
  .split('\n')
  .filter((line) => /^\| \d/.test(line) && line.includes('npm run -s cli -- '))
  .map((line) => {
    const [cell, draws, , places, command, names, differs] = line
      .split('|')
      .slice(1, -1)
      .map((text) => text.trim())
    return {
      cells: cell!.split(', ').map(Number),
      draws: Number(draws),
      places: places!.split('; ').map(placeOf),
      command: command!.replaceAll('`', ''),
      names: quoted(names!),
      differs: differs!,
    }
  })

function placeOf(text: string): Place {
  const [path, figures] = text.split(': ')
  const [workspace, section = ''] = path!.split(' › ')
  return { workspace: workspace!, section, figures: quoted(figures!) }
}

function quoted(text: string): string[] {
  return [...text.matchAll(/`([^`]+)`/g)].map(([, name]) => name!)
}
