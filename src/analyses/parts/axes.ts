import { axis, numberedAxis } from '../../core/axis'
import { digitLabels, positionLabels } from '../../core/positions'
import type { TaskLayout } from '../../core/task-layout'
import type { ModelConfig } from '../../model/config'

/** The digits of the answer, `C0` first. */
export function digitAxis({ answerDigits }: TaskLayout) {
  return axis('digit', digitLabels(answerDigits))
}

/** Every position of a sum; as what the axis is called: `query`, `key`. */
export function positionAxis<const Name extends string>(name: Name, layout: TaskLayout) {
  return axis(name, positionLabels(layout))
}

/** Layer and head; heads are counted within their layer. */
export function headAxes({ n_layers, n_heads }: Pick<ModelConfig, 'n_layers' | 'n_heads'>) {
  return [numberedAxis('layer', n_layers), numberedAxis('head', n_heads)] as const
}
