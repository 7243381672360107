/** The numbers behind a picture, for screen readers, for spreadsheets and for tests. */
export interface Table {
  readonly caption: string
  readonly columns: readonly string[]
  /** NaN where there is no value. */
  readonly rows: readonly (readonly (string | number)[])[]
}

/** Comma-separated values after RFC 4180, with a header line. A missing value is empty. */
export function tableCsv({ columns, rows }: Table): string {
  return [columns, ...rows].map((row) => `${row.map(field).join(',')}\r\n`).join('')
}

function field(value: string | number): string {
  if (typeof value === 'number') return Number.isNaN(value) ? '' : String(value)
  return /[",\r\n]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value
}
