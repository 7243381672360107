import { vocabularyOrder } from '../../core/vocabulary'
import type { Block } from './blocks'
import type { SnippetInput, SnippetModel } from './snippet-input'
import { indented, lines, quoted } from './python'

/** The major versions of TransformerLens that compute what the app does, in words. */
export function versionsOf(input: Pick<SnippetInput, 'model' | 'config'>): string {
  if (input.model.stored.isNative) return '4'
  return isProcessedBy2Alone(input) ? '2' : '2, 3 or 4'
}

/**
 * Versions 3 and 4 take the axes of W_in and W_U from their sizes: where one is square, they fold and center along the wrong axis,
 * and the model predicts something else (`findings/square-weights-are-processed-along-the-wrong-axis.sh`).
 */
function isProcessedBy2Alone({ model, config }: Pick<SnippetInput, 'model' | 'config'>): boolean {
  const isSquare = config.d_vocab === config.d_model || config.d_mlp === config.d_model
  return isSquare && Object.values(model.processing).some((on) => on)
}

/** Imports, and the model loaded from its very file and processed as the app has it. */
export function modelBlocks({ model, config }: SnippetInput): Block[] {
  const isTorch = !/\.safetensors$/i.test(fileOf(model))
  const file = quoted(fileOf(model))
  const load = isTorch ? `torch.load(${file}, map_location="cpu", weights_only=True)` : `load_file(${file})`
  const { within, prefix, isNative } = model.stored
  const entries = load + within.map((key) => `[${/^\d+$/.test(key) ? key : quoted(key)}]`).join('')
  const isKept = [...(prefix ? [`name.startswith(${quoted(prefix)})`] : []), 'not name.endswith((".mask", ".IGNORE"))']
  return [
    { defines: ['partial'], code: 'from functools import partial' },
    { defines: ['product'], code: 'from itertools import product' },
    { defines: ['torch'], code: 'import torch' },
    { defines: ['load_file'], code: 'from safetensors.torch import load_file' },
    {
      defines: ['weights'],
      code: lines(
        '# Without the causal masks that TransformerLens keeps beside the weights',
        'weights = {',
        `    name${prefix && `.removeprefix(${quoted(prefix)})`}: value`,
        `    for name, value in ${entries}.items()${model.path === null ? '  # it was dropped: say where it is' : ''}`,
        `    if ${isKept.join(' and ')}`,
        '}',
        ...asComputed(model, config),
      ),
    },
    {
      defines: ['model'],
      code: lines(
        'torch.set_grad_enabled(False)',
        'shape = dict(',
        ...shapeLines(model, config).map((line) => `    ${line},`),
        ')',
        `processing = dict(${processingOf(model)})`,
        ...(isProcessedBy2Alone({ model, config }) ? in2(isNative) : isNative ? native('weights') : either),
      ),
    },
  ]
}

/** Of a file with other token ids, or room for more than a sum: its weights in the order, and cut to the length, used here. */
function asComputed(
  { stored, fileContext }: SnippetModel,
  { layout, d_vocab, n_ctx }: SnippetInput['config'],
): string[] {
  const order = vocabularyOrder(layout, d_vocab)
  const isReordered = order.some((id, token) => id !== token)
  const [embed, position, unembed, bias] = stored.isNative
    ? ['embed.weight', 'pos_embed.weight', 'unembed.weight', 'unembed.bias']
    : ['embed.W_E', 'pos_embed.W_pos', 'unembed.W_U', 'unembed.b_U']
  const taken = (name: string, which: string) => `weights["${name}"] = weights["${name}"][${which}]`
  return [
    ...(isReordered ? ['# The ten digits, + and = become tokens 0 to 11', `order = [${order.join(', ')}]`] : []),
    ...(isReordered
      ? [taken(embed, 'order'), taken(unembed, stored.isNative ? 'order' : ':, order'), taken(bias, 'order')]
      : []),
    ...(fileContext !== undefined && fileContext > n_ctx ? [taken(position, `:${n_ctx}`)] : []),
  ]
}

const hooked = 'from transformer_lens import HookedTransformer, HookedTransformerConfig'
const loaded = [
  'model = HookedTransformer(HookedTransformerConfig(**shape))',
  'model.load_and_process_state_dict(weights, **processing)',
]

/** With whichever TransformerLens is installed. */
const either = [
  'try:',
  indented(hooked),
  'except ImportError:  # TransformerLens 4',
  '    from transformer_lens.utilities.tl_checkpoint_conversion import convert_tl_checkpoint',
  indented(native('convert_tl_checkpoint(weights, config)').join('\n')),
  'else:  # TransformerLens 2 and 3',
  indented(loaded.join('\n')),
]

/** With TransformerLens 2, or not at all: the others would give other numbers without a word. */
function in2(isNative: boolean): string[] {
  const wrong = 'would process a square W_in or W_U along the wrong axis.'
  if (isNative)
    return stop(`TransformerLens 4, which alone knows these names, ${wrong}`, 'Export the model and open that.')
  return [
    'from importlib.metadata import version',
    '',
    'if not version("transformer_lens").startswith("2."):',
    ...stop(`TransformerLens 3 and 4 ${wrong}`, "Install 'transformer_lens<3'.").map(indented),
    hooked,
    '',
    ...loaded,
  ]
}

function stop(why: string, remedy: string): string[] {
  return ['raise SystemExit(', `    ${quoted(`${why} `)}`, `    ${quoted(remedy)}`, ')']
}

/** With TransformerLens 4 alone, whose native names the weights have. */
function native(weights: string): string[] {
  return [
    'from transformer_lens.config import TransformerBridgeConfig',
    'from transformer_lens.model_bridge import TransformerBridge',
    '',
    'config = TransformerBridgeConfig(**shape)',
    'model = TransformerBridge.boot_native(config)',
    `model.load_state_dict(${weights})`,
    'model.enable_compatibility_mode(disable_warnings=True, **processing)',
  ]
}

function shapeLines({ stored }: SnippetModel, config: SnippetInput['config']): string[] {
  const sizes = ['n_layers', 'n_heads', 'd_model', 'd_head', 'd_vocab', 'n_ctx'] as const
  const normalization = stored.normalization_type === null ? 'None' : quoted(stored.normalization_type)
  const { d_mlp, act_fn } = config
  return [
    sizes.map((name) => `${name}=${config[name]}`).join(', '),
    `eps=${config.eps}, normalization_type=${normalization}, device="cpu"`,
    d_mlp === undefined ? 'attn_only=True' : `d_mlp=${d_mlp}, act_fn=${quoted(act_fn!)}`,
  ]
}

function processingOf({ processing, stored }: SnippetModel): string {
  const isFoldable = stored.normalization_type === 'LN' || stored.normalization_type === 'RMS'
  const steps = {
    fold_ln: isFoldable && processing.foldLayerNorm,
    center_writing_weights: processing.centerWritingWeights,
    center_unembed: processing.centerUnembed,
    fold_value_biases: processing.foldValueBiases,
  }
  return Object.entries(steps)
    .map(([name, on]) => `${name}=${on ? 'True' : 'False'}`)
    .join(', ')
}

/** The file of weights: a dropped one by its name. */
function fileOf({ name, stored }: SnippetModel): string {
  return stored.path ?? name
}
