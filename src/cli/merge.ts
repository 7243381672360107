import { readFileSync } from 'node:fs'
import { z } from 'zod'
import { BadInput } from '../core/bad-input'
import { measuredEvaluationSchema } from '../engine/exhaustive/evaluation-schema'
import { layoutSchema } from '../model/input-schemas'
import { mergeMeasured } from '../model/exhaustive/evaluation'
import type { AddCommand } from './command'
import { evaluationText, measurementText } from './evaluation-text'
import { jsonOption, writeJson } from './json-output'

const shardFileSchema = z.object({
  model: z.object({
    name: z.string(),
    sha256: z.string(),
    config: z.looseObject({ layout: layoutSchema, d_vocab: z.int() }),
  }),
  params: z.object({
    exhaustive: z.literal(true),
    shard: z.object({ index: z.int(), count: z.int() }),
    decoding: z.string(),
    ablate: z.array(z.string()),
  }),
  result: measuredEvaluationSchema,
})
type ShardFile = z.output<typeof shardFileSchema> & { readonly file: string }

/** `carryscope merge`: the shards of an exhaustive evaluation put together. */
export const addMerge: AddCommand = (program, { terminal }) => {
  program
    .command('merge')
    .description('puts the shards of an exhaustive evaluation together')
    .argument('<files...>', 'what "evaluate --exhaustive --shard i/n --json FILE" wrote, for every i')
    .option(...jsonOption)
    .action(async (files: readonly string[], options: { readonly json?: string }) => {
      const shards = files.map(readShard)
      checkComplete(shards)
      const { model, params } = shards[0]!
      const result = mergeMeasured(shards.map((shard) => shard.result))
      const whole = { ...params, shard: { index: 1, count: 1 } }
      if (options.json !== undefined) await writeJson({ model, params: whole, result }, options.json, terminal)
      else terminal.out(evaluationText(result, model, params.ablate) + measurementText(result))
    })
}

function readShard(file: string): ShardFile {
  try {
    return { ...shardFileSchema.parse(JSON.parse(readFileSync(file, 'utf8'))), file }
  } catch (error) {
    const missing = (error as NodeJS.ErrnoException).code === 'ENOENT'
    throw new BadInput(
      missing
        ? `There is no file "${file}"; name the shards' JSON files.`
        : `The file "${file}" is not the JSON of an exhaustive evaluation; name what "evaluate --exhaustive --json" wrote.`,
    )
  }
}

/** Every shard of one and the same work, each once. */
function checkComplete(shards: readonly ShardFile[]): void {
  const first = shards[0]!
  const { count } = first.params.shard
  for (const { file, model, params } of shards)
    if (
      model.sha256 !== first.model.sha256 ||
      params.decoding !== first.params.decoding ||
      params.ablate.join() !== first.params.ablate.join() ||
      params.shard.count !== count
    )
      throw new BadInput(
        `The files "${first.file}" and "${file}" are not shards of the same evaluation; merge those of one model, decoding, ablation and number of shards.`,
      )
  const filesOf = (index: number) => shards.filter(({ params }) => params.shard.index === index)
  for (let index = 1; index <= count; index++) {
    const found = filesOf(index)
    if (found.length === 0) throw new BadInput(`Shard ${index}/${count} is missing; evaluate it and name its file too.`)
    if (found.length > 1)
      throw new BadInput(
        `Shard ${index}/${count} is in "${found[0]!.file}" and "${found[1]!.file}"; name one of them only.`,
      )
  }
}
