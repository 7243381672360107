import { z } from 'zod'
import { BadInput } from '../../core/bad-input'
import { checkConfig } from '../check-config'
import { activationFunctions, type ModelConfig, normalizationTypes } from '../config'
import { isPublishedLayout, publishedLayout, type TaskLayout } from '../../core/task-layout'
import { checkFields } from './config-fields'
import { runtimeConfig, type FileConfig } from './file-config'
import { layoutSchema } from '../input-schemas'

/**
 * The fields of TransformerLens's configuration that are obeyed, and the task's layout; it may hold others, which `checkFields` looks
 * at.
 */
const configSchema = z.object({
  n_layers: z.number(),
  n_heads: z.number().optional(),
  d_model: z.number(),
  d_head: z.number().optional(),
  d_vocab: z.number(),
  n_ctx: z.number(),
  normalization_type: z.enum(normalizationTypes.filter((type) => type !== null)).nullish(),
  eps: z.number().default(1e-5),
  numDigits: z.number().optional(),
  layout: layoutSchema.partial().optional(),
  attn_only: z.boolean().nullish(),
  d_mlp: z.number().nullish(),
  act_fn: z.string().nullish(),
  tie_word_embeddings: z.boolean().nullish(),
})
type ConfigFields = z.output<typeof configSchema>

/** What a configuration says, and whether it leaves the normalization open. */
export interface ReadConfig {
  readonly config: FileConfig
  readonly saysNormalization: boolean
  /** Whether the unembedding is the embedding transposed, so that a file need not hold it. */
  readonly isTied: boolean
}

/**
 * Reads a `config.json`, whose `layout` may leave out what is as in the published model; `numDigits` alone is the published
 * layout for so many digits. Throws BadInput where it is not JSON, lacks a field, or describes a model of another family.
 */
export function readConfig(file: string, bytes: Uint8Array): ReadConfig {
  return configOf(file, parseJson(file, bytes))
}

/** The same of a configuration's fields, kept in `file`. */
export function configOf(file: string, value: unknown): ReadConfig {
  const parsed = configSchema.safeParse(value)
  if (!parsed.success) {
    const { path, message } = parsed.error.issues[0]!
    throw new BadInput(
      `The configuration "${file}" is refused at "${path.join('.')}": ${message.charAt(0).toLowerCase()}${message.slice(1)}; correct that field.`,
    )
  }
  const fields = parsed.data
  const { n_layers, d_model, d_vocab, n_ctx, eps, numDigits, layout: given, normalization_type } = fields
  const { n_heads, d_head } = headsOf(file, fields)
  checkFields(file, { ...(value as Record<string, unknown>), n_heads, d_head })
  const sizes = {
    n_layers,
    n_heads,
    d_model,
    d_head,
    d_vocab,
    n_ctx,
    eps,
    normalization_type: normalization_type ?? null,
    ...mlpOf(file, fields),
  }
  const layout = given || numDigits !== undefined ? completed(file, given ?? {}, numDigits) : null
  if (layout) checkConfig(runtimeConfig(sizes, layout))
  return {
    config: { ...sizes, layout },
    saysNormalization: normalization_type !== undefined,
    isTied: fields.tie_word_embeddings === true,
  }
}

/** As in TransformerLens, the number of heads follows from their size where only that is given; here the other way round too. */
function headsOf(file: string, { n_heads, d_head, d_model }: ConfigFields): { n_heads: number; d_head: number } {
  if (n_heads !== undefined && n_heads > 0) return { n_heads, d_head: d_head ?? d_model / n_heads }
  if (d_head !== undefined) return { n_heads: d_model / d_head, d_head }
  throw new BadInput(`The configuration "${file}" has neither n_heads nor d_head; add one of them.`)
}

/**
 * `attn_only` decides where it is given, and else whether anything is said of MLPs. As in TransformerLens, they are 4 d_model wide by
 * default.
 */
function mlpOf(
  file: string,
  { attn_only, d_mlp, act_fn, d_model }: ConfigFields,
): Pick<ModelConfig, 'd_mlp' | 'act_fn'> {
  if (attn_only ?? (d_mlp ?? act_fn ?? null) === null) return {}
  const activation = activationFunctions.find((name) => name === act_fn)
  if (!activation)
    throw new BadInput(
      `The configuration "${file}" has MLPs with act_fn ${JSON.stringify(act_fn ?? null).slice(0, 40)}, but here they compute with ${activationFunctions.join(', ')}; correct act_fn, or choose such a model.`,
    )
  return { d_mlp: d_mlp ?? 4 * d_model, act_fn: activation }
}

/** A configuration as the text of its `config.json`. */
export function writeConfig({ layout, ...config }: ModelConfig): string {
  const task = { numDigits: layout.operandDigits, ...(!isPublishedLayout(layout) && { layout }) }
  return `${JSON.stringify({ ...config, ...task, attn_only: config.d_mlp === undefined }, null, 2)}\n`
}

function completed(
  file: string,
  given: { readonly [F in keyof TaskLayout]?: TaskLayout[F] | undefined },
  numDigits: number | undefined,
): TaskLayout {
  const operandDigits = given.operandDigits ?? numDigits
  if (operandDigits === undefined)
    throw new BadInput(
      `The configuration "${file}" has a layout without operandDigits; add the number of digits that an operand has.`,
    )
  const usual = publishedLayout(operandDigits)
  const { answerDigits = usual.answerDigits, answerOrder = usual.answerOrder } = given
  const { largestFirstDigit = usual.largestFirstDigit, symbols = usual.symbols, before = usual.before } = given
  return { operandDigits, answerDigits, answerOrder, largestFirstDigit, symbols, before }
}

function parseJson(file: string, bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(bytes))
  } catch {
    throw new BadInput(`The configuration "${file}" is not JSON; correct it or open the weights by themselves.`)
  }
}
