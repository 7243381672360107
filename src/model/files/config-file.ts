import { z } from 'zod'
import { BadInput } from '../../core/bad-input'
import { checkConfig } from '../check-config'
import type { ModelConfig } from '../config'

/** The fields of TransformerLens's configuration that matter here; it may hold others. */
const configSchema = z.object({
  n_layers: z.number(),
  n_heads: z.number(),
  d_model: z.number(),
  d_head: z.number(),
  d_vocab: z.number(),
  n_ctx: z.number(),
  normalization_type: z.enum(['LN', 'LNPre']),
  eps: z.number().default(1e-5),
  numDigits: z.number().optional(),
  attn_only: z.literal(true).default(true),
})

/** Reads a `config.json`. Throws BadInput where it is not JSON, lacks a field, or describes a model of another family. */
export function readConfig(file: string, bytes: Uint8Array): ModelConfig {
  const config = configSchema.safeParse(parseJson(file, bytes))
  if (!config.success) {
    const { path, message } = config.error.issues[0]!
    throw new BadInput(
      `The configuration "${file}" is refused at "${path.join('.')}": ${message.charAt(0).toLowerCase()}${message.slice(1)}; correct that field.`,
    )
  }
  const { attn_only: _, numDigits = (config.data.n_ctx - 2) / 3, ...rest } = config.data
  return checkConfig({ ...rest, numDigits })
}

/** A configuration as the text of its `config.json`. */
export function writeConfig(config: ModelConfig): string {
  return `${JSON.stringify({ ...config, attn_only: true }, null, 2)}\n`
}

function parseJson(file: string, bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(bytes))
  } catch {
    throw new BadInput(`The configuration "${file}" is not JSON; correct it or open the .safetensors file by itself.`)
  }
}
