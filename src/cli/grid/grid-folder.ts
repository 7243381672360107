import { existsSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { z } from 'zod'
import { BadInput } from '../../core/bad-input'
import { newFolder } from '../../files/new-folder'
import { systemReason } from '../../files/system-reason'
import { type Axis, type GridRun, parseAxis, runsOf } from './grid-axes'

/** What a grid of trainings is: what differs between its runs, and what all of them are told. */
export interface Grid {
  readonly axes: readonly Axis[]
  /** Options of `train` by their name in camelCase. */
  readonly options: Readonly<Record<string, string>>
}

/** Holds the grid, beside a folder for each run. */
const fileName = 'grid.json'

const gridSchema = z.strictObject({
  axes: z.array(z.strictObject({ option: z.string(), values: z.array(z.string()).min(1) })).min(1),
  options: z.record(z.string(), z.string()),
})

/** A grid of trainings on disk: `grid.json`, and a training's folder for each of its runs, made when that begins. */
export class GridFolder {
  readonly runs: readonly GridRun[]

  private constructor(
    readonly path: string,
    readonly grid: Grid,
  ) {
    this.runs = runsOf(grid.axes)
  }

  /** Whether a grid lies there. */
  static isAt(path: string): boolean {
    return existsSync(join(path, fileName))
  }

  /**
   * The grid in a folder that is made where it is not there yet. Where the same grid lies there, as when several machines share its
   * runs, it is gone on with. Throws BadInput where anything else does.
   */
  static begin(path: string, grid: Grid): GridFolder {
    runsOf(grid.axes)
    if (!GridFolder.isAt(path)) {
      try {
        newFolder(path).write([{ path: fileName, content: `${JSON.stringify(grid, null, 2)}\n` }])
      } catch (error) {
        // Another machine may have been first.
        if (!GridFolder.isAt(path)) throw error
      }
    }
    const found = GridFolder.open(path)
    if (JSON.stringify(found.grid) === JSON.stringify(grid)) return found
    throw new BadInput(
      `"${path}" holds another grid of trainings: go on with that by "carryscope train --resume ${path}", or give another --out.`,
    )
  }

  /** Throws BadInput where no grid lies there. */
  static open(path: string): GridFolder {
    const file = join(path, fileName)
    try {
      const { axes, options } = gridSchema.parse(JSON.parse(readFileSync(file, 'utf8')))
      const checked = axes.map(({ option, values }) => parseAxis(`${option}=${values.join(',')}`))
      return new GridFolder(resolve(path), { axes: checked, options })
    } catch (error) {
      throw new BadInput(`The grid "${file}" cannot be followed (${systemReason(error)}); begin another with --out.`)
    }
  }

  /** A run's folder. */
  of({ name }: GridRun): string {
    return join(this.path, name)
  }
}
