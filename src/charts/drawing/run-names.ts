import type { Note } from './note'
import type { Table } from './table'

/** What the two runs side by side are called: clean and intervened, or the letters of two pinned states. */
export interface RunNames {
  readonly clean: string
  readonly now: string
}

export const usualNames: RunNames = { clean: 'clean', now: 'intervened' }

/** What a single run is called, after what was asked of it. */
export function runName({ interventions = [] }: { readonly interventions?: readonly unknown[] }): string {
  return interventions.length > 0 ? usualNames.now : usualNames.clean
}

/** The names of a figure that shows one run only: whichever of the two it is drawn as, it is that. */
export function oneName(name: string): RunNames {
  return { clean: name, now: name }
}

/** A note whose lines call the runs by these names. */
export function renameNote(note: Note, names: RunNames): Note {
  if (names === usualNames) return note
  return { ...note, lines: note.lines.map((line) => ({ ...line, label: renamed(line.label, names) })) }
}

/** A table whose columns and rows call the runs by these names. */
export function renameTable(table: Table, names: RunNames): Table {
  if (names === usualNames) return table
  const rename = (cell: string | number) => (typeof cell === 'string' ? renamed(cell, names) : cell)
  return {
    ...table,
    columns: table.columns.map((column) => renamed(column, names)),
    rows: table.rows.map((row) => row.map(rename)),
  }
}

function renamed(text: string, names: RunNames): string {
  return text.replaceAll(/\b(clean|intervened)\b/g, (word) => (word === 'clean' ? names.clean : names.now))
}
