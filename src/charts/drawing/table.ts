/** The numbers behind a picture, for screen readers, for spreadsheets and for tests. */
export interface Table {
  readonly caption: string
  readonly columns: readonly string[]
  /** Column by column, empty for names and counts; without it all columns of numbers have the figure's unit. */
  readonly units?: readonly string[]
  /** Row by row, where each is a quantity of its own and says so in its name. */
  readonly rowUnits?: readonly string[]
  /** NaN where there is no value. */
  readonly rows: readonly (readonly (string | number)[])[]
}

/** Comma-separated values after RFC 4180; the header line names each column and its unit, `mean [nats]`. A missing value is empty. */
export function tableCsv(table: Table, unit = ''): string {
  const { columns, rows } = table
  const units = table.units ?? columns.map((_, column) => (holdsNumbers(table, column) ? unit : ''))
  const header = columns.map((name, column) => (units[column] ? `${name} [${units[column]}]` : name))
  return [header, ...rows].map((row) => `${row.map(field).join(',')}\r\n`).join('')
}

function holdsNumbers({ rows }: Table, column: number): boolean {
  return rows.length > 0 && rows.every((row) => typeof row[column] === 'number')
}

function field(value: string | number): string {
  if (typeof value === 'number') return Number.isNaN(value) ? '' : String(value)
  return /[",\r\n]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value
}
