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

/** How a CSV file separates fields and writes the decimal point. */
export interface CsvDialect {
  readonly separator: ',' | ';'
  readonly decimal: '.' | ','
}

/** RFC 4180, for programs. */
const plainCsv: CsvDialect = { separator: ',', decimal: '.' }
/** As spreadsheets read it where the decimal point is a comma. */
export const commaCsv: CsvDialect = { separator: ';', decimal: ',' }

/**
 * Separated values; the header line names each column and its unit, `mean [nats]`. A missing value is empty, an infinite one
 * `inf`, which readers of numbers take for one.
 */
export function tableCsv(table: Table, unit = '', dialect: CsvDialect = plainCsv): string {
  const { columns, rows } = table
  const units = table.units ?? columns.map((_, column) => (holdsNumbers(table, column) ? unit : ''))
  const header = columns.map((name, column) => (units[column] ? `${name} [${units[column]}]` : name))
  return [header, ...rows]
    .map((row) => `${row.map((value) => field(value, dialect)).join(dialect.separator)}\r\n`)
    .join('')
}

function holdsNumbers({ rows }: Table, column: number): boolean {
  return rows.length > 0 && rows.every((row) => typeof row[column] === 'number')
}

function field(value: string | number, { separator, decimal }: CsvDialect): string {
  if (typeof value === 'number') return numberField(value).replace('.', decimal)
  return /["\r\n]/.test(value) || value.includes(separator) ? `"${value.replaceAll('"', '""')}"` : value
}

function numberField(value: number): string {
  if (Number.isNaN(value)) return ''
  return Number.isFinite(value) ? String(value) : value < 0 ? '-inf' : 'inf'
}
