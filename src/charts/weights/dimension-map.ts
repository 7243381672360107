import { cellsOf, numbers, type MatrixCell } from '../kinds/matrix-cell'
import type { MatrixMap } from '../kinds/matrix-map'
import { significantRows, type Unembedding } from './unembedding'

/** CSS pixels of a map with a row for each dimension, in a report. */
export const tall = { width: 420, height: 640 } as const

/** A map along d_model, its significant dimensions marked. */
export function dimensionMap(
  of: Unembedding,
  name: 'W_U' | 'fourier' | 'reconstruction',
  limit: number,
): MatrixMap<MatrixCell> {
  const isWave = name === 'fourier'
  const columns = (isWave ? of.fourier.labels['component'] : of.W_U.labels['logit'])!
  const rows = numbers(of.W_U.shape[0]!)
  return {
    rows: { title: 'd_model', names: rows, marked: significantRows(of) },
    columns: { title: isWave ? 'wave over the digits' : 'digit', names: isWave ? columns.map(shortWave) : columns },
    cells: cellsOf(of[name], rows, columns),
    limit,
  }
}

/** `const` as `c0`, `cos 1` as `c1`, `sin 1` as `s1`: ten names above one narrow map. */
function shortWave(name: string): string {
  return name === 'const' ? 'c0' : name.replace('cos ', 'c').replace('sin ', 's')
}
