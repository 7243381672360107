import type { AnyPicture } from '../../charts/chart'
import { tableCsv, type Table } from '../../charts/table'
import { figureSvg } from '../../report/figure-svg'
import type { MenuItem } from '../parts/panel'
import { copyPng, copyText, savePng, saveText } from './save-file'

/** A picture and the colour of the panel that it stands on. */
export interface Shown {
  readonly picture: AnyPicture<unknown>
  readonly ground: string
}

/**
 * A panel's figure as something to copy and save. The component that draws it gives the picture, the panel the table; each
 * is asked for when an item is chosen, and while there is nothing on screen nothing happens.
 */
export class Figure {
  /** The picture on screen; null while there is none. A figure that is a table never has one. */
  shown: (() => Shown) | null = null

  constructor(
    readonly name: string,
    readonly table: () => Table | null,
  ) {}

  /** The items of a `⋯` menu for a drawn figure. */
  get pictureMenu(): readonly MenuItem[] {
    const shown = () => this.shown?.() ?? null
    return [
      item('Copy as PNG', shown, copyPng),
      item('Copy as SVG', shown, (one) => copyText(figureSvg(one.picture, one.ground))),
      item('Save as PNG', shown, (one) => savePng(`${this.name}.png`, one)),
      item('Save as SVG', shown, (one) =>
        saveText(`${this.name}.svg`, 'image/svg+xml', figureSvg(one.picture, one.ground)),
      ),
      ...this.tableMenu,
    ]
  }

  get tableMenu(): readonly MenuItem[] {
    return [
      item('Copy data as CSV', this.table, (data) => copyText(tableCsv(data))),
      item('Save data as CSV', this.table, (data) => saveText(`${this.name}.csv`, 'text/csv', tableCsv(data))),
      item('Save data as JSON', this.table, (data) => saveText(`${this.name}.json`, 'application/json', json(data))),
    ]
  }
}

function item<T>(label: string, make: () => T | null, use: (made: T) => void): MenuItem {
  const run = () => {
    const made = make()
    if (made !== null) use(made)
  }
  return { label, run }
}

/** A table as JSON; a missing value is null. */
function json(table: Table): string {
  return `${JSON.stringify(table, (_, value: unknown) => (Number.isNaN(value) ? null : value), 2)}\n`
}
