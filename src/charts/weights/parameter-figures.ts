import { defineFigure, readAsTable, type AnswerTo, type AnyFigure, type ShownFigure } from '../figure'
import { lossText } from '../drawing/number-text'

const ofParameters = { analysis: 'weights', about: 'weights' } as const

/** Tables of the parameters themselves, and of what processing did to them. */
export const parameterFigures: readonly AnyFigure[] = [
  defineFigure({
    ...ofParameters,
    id: 'parameter-shapes',
    title: 'Parameters',
    cells: [5],
    definition: {
      formula: 'the shape of every parameter in use, after processing',
      hook: 'every parameter, under TransformerLens’s names',
      unit: 'numbers',
    },
    show: shapes,
  }),
  defineFigure({
    ...ofParameters,
    id: 'zero-means',
    title: 'Means that processing sets to 0',
    cells: [6],
    definition: {
      formula: 'the largest absolute mean along the axis that processing centres',
      hook: 'W_E, W_pos, W_Q, W_K, W_V, W_O, W_U',
      over: 'each axis named; the largest of all layers and heads is told',
      unit: 'as the parameter',
    },
    show: zeroMeans,
  }),
  defineFigure({
    ...ofParameters,
    id: 'final-layer-norm',
    title: 'Last LayerNorm',
    cells: [5],
    definition: {
      formula: 'ln_final.w and ln_final.b; 1 and 0 once they are folded into W_U and b_U',
      hook: 'ln_final.w, ln_final.b',
      layerNorm: 'its own weight and bias',
      unit: 'none',
    },
    show: finalLayerNorm,
  }),
]

function shapes({ result: { names, shapes: sizes } }: AnswerTo<'weights'>): ShownFigure {
  const counts = sizes.map((size) => size.split(' x ').reduce((product, extent) => product * Number(extent), 1))
  const total = counts.reduce((sum, count) => sum + count, 0)
  return {
    ...readAsTable,
    label: 'Shape of every parameter',
    finding: `${names.length} parameters of ${total.toLocaleString('en')} numbers.`,
    table: {
      caption: 'Shape of every parameter',
      columns: ['parameter', 'shape', 'numbers'],
      rows: names.map((name, index) => [name, sizes[index]!.replaceAll('x', '×'), counts[index]!]),
    },
  }
}

/** Means below this are 0 but for rounding: parameters are float32 numbers of about 1. */
const rounding = 1e-5

function zeroMeans({ result }: AnswerTo<'weights'>): ShownFigure {
  const { data, labels } = result.zeroMeans
  const checks = labels.check ?? []
  const off = checks.filter((_, index) => !(data[index]! < rounding))
  return {
    ...readAsTable,
    label: 'Largest absolute mean of each parameter along the axis that processing centres',
    finding:
      off.length === 0
        ? `All ${checks.length} are 0 but for rounding: the weights are centred.`
        : `Not centred: ${off.join(', ')}.`,
    table: {
      caption: 'Largest absolute mean along the axis that processing centres',
      columns: ['parameter', 'largest mean', 'centred'],
      rows: checks.map((check, index) => [check, lossText(data[index]!), off.includes(check) ? 'no' : 'yes']),
    },
  }
}

function finalLayerNorm({ result }: AnswerTo<'weights'>): ShownFigure {
  const [weight, bias] = [result['ln_final.w'], result['ln_final.b']]
  const isFolded = weight.data.every((entry) => entry === 1) && bias.data.every((entry) => entry === 0)
  return {
    ...readAsTable,
    label: 'Weight and bias of the last LayerNorm',
    finding: isFolded ? '1 and 0 throughout: it is folded into W_U and b_U.' : 'Not folded: it scales each dimension.',
    table: {
      caption: 'Weight and bias of the last LayerNorm',
      columns: ['d_model', 'ln_final.w', 'ln_final.b'],
      rows: Array.from(weight.data, (entry, row) => [String(row), entry, bias.data[row]!]),
    },
  }
}
