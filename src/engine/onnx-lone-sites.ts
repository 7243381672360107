import { sizeOf, type Tensor } from '../core/tensor'
import { cleanInput, donorInput, maskInput, valueInput } from '../model/graph/graph-spec'
import { loneSitesGraph } from '../model/graph/lone-sites'
import { hookNamed, shapeOfHook } from '../model/hooks'
import { hookOf } from '../model/intervention'
import { LoneDigits, loneEditSites, loneHooks, type LoneRuns, type LoneSites } from '../model/lone-sites'
import type { ModelConfig } from '../model/config'
import type { OnnxModel } from './onnx-model'
import { Tensor as OnnxTensor } from './onnxruntime'
import type { Turn } from './scheduler'

/** Examples in one run: so few that what the sites are made of stays in the processor's caches. */
const batch = 50

/** Every site of the last two layers alone, by one graph for all of them; each run is a turn of its own. */
export function onnxLoneSites(model: OnnxModel, turn: Turn): LoneSites {
  const { config, weights } = model
  return async (runs, places, untouched) => {
    const edited = runs.edits !== undefined
    const digits = new LoneDigits(config, places, untouched)
    const examples = untouched.length / config.layout.answerDigits
    for (let begin = 0; begin < examples; begin += batch) {
      const end = Math.min(examples, begin + batch)
      await turn()
      const feeds = new Map([...runFeeds(config, runs, begin, end), ...editFeeds(config, runs, begin, end, examples)])
      const build = () => loneSitesGraph(config, weights, { places, edited })
      const results = await model.runGraph(`lone sites ${edited} ${places.join()}`, build, feeds)
      const of = (name: string) => results[name]?.data as Float32Array | undefined
      digits.add(begin, end - begin, { early: of('early')!, own: of('own'), last: of('last') })
    }
    return digits
  }
}

type Feed = readonly [name: string, value: OnnxTensor]

function runFeeds(config: ModelConfig, { own, donors, edits }: LoneRuns, begin: number, end: number): Feed[] {
  const { heads, streams } = loneHooks(config, edits !== undefined)
  return [
    ...[...heads, ...streams].map((hook): Feed => [cleanInput(hook), floats(own.get(hook)!, begin, end)]),
    ...heads.map((hook): Feed => [donorInput(hook), floats(donors.get(hook)!, begin, end)]),
  ]
}

/** What the last layer's edits replace; an edit of nothing where there is none. */
function editFeeds(config: ModelConfig, { edits }: LoneRuns, begin: number, end: number, examples: number): Feed[] {
  if (!edits) return []
  const { answerDigits } = config.layout
  const positions = Array.from({ length: answerDigits }, (_, digit) => digit)
  return loneEditSites.flatMap((site): Feed[] => {
    const hook = hookOf(site, config.n_layers - 1)
    const edit = edits.find((each) => each.hook === hook)
    const whole = shapeOfHook(config, hookNamed(config, hook), 1, positions)
    const shape = whole.with(-1, 1)
    const { mask, value } = edit ?? {
      mask: { data: new Uint8Array(sizeOf(shape)) },
      value: { shape: whole, data: new Float32Array(sizeOf(whole)) },
    }
    const rows = value.shape[0] === examples ? [begin, end] : [0, 1]
    return [
      [maskInput(hook), new OnnxTensor('bool', mask.data, shape)],
      [valueInput(hook), floats(value, rows[0]!, rows[1]!)],
    ]
  })
}

function floats({ data, shape }: Pick<Tensor, 'data' | 'shape'>, begin: number, end: number): OnnxTensor {
  const [examples, ...rest] = shape
  const row = data.length / examples!
  const some = data.subarray(begin * row, end * row)
  return new OnnxTensor('float32', some instanceof Float32Array ? some : Float32Array.from(some), [
    end - begin,
    ...rest,
  ])
}
