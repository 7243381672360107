import type { Block } from './blocks'
import type { SnippetInput } from './snippet-input'
import { lines, quoted } from './python'

/** Imports, and the model loaded and processed as the app has it. `usesResult`: whether heads are asked for one by one. */
export function modelBlocks({ model, config, isFolded }: SnippetInput, usesResult: boolean): Block[] {
  const { processing } = model
  const python = (on: boolean) => (on ? 'True' : 'False')
  const isTorch = /\.(pt|pth)$/i.test(model.path ?? model.name)
  const file = quoted(weightsFile(model))
  const load = isTorch ? `torch.load(${file}, map_location="cpu", weights_only=True)` : `load_file(${file})`
  const shape = ['n_layers', 'n_heads', 'd_model', 'd_head', 'd_vocab', 'n_ctx'] as const
  const normalization = isFolded && processing.foldLayerNorm ? 'LN' : config.normalization_type
  const attention = usesResult ? 'attn_only=True, use_attn_result=True' : 'attn_only=True'
  return [
    { defines: ['partial'], code: 'from functools import partial' },
    { defines: ['product'], code: 'from itertools import product' },
    { defines: ['torch'], code: 'import torch' },
    { defines: ['load_file'], code: 'from safetensors.torch import load_file' },
    {
      defines: ['HookedTransformer', 'HookedTransformerConfig'],
      code: 'from transformer_lens import HookedTransformer, HookedTransformerConfig',
    },
    {
      defines: ['model'],
      code: lines(
        'torch.set_grad_enabled(False)',
        '',
        'config = HookedTransformerConfig(',
        `    ${shape.map((name) => `${name}=${config[name]}`).join(', ')},`,
        `    eps=${config.eps}, normalization_type="${normalization}", ${attention}, device="cpu",`,
        ')',
        'model = HookedTransformer(config)',
        'model.load_and_process_state_dict(',
        `    ${load},${model.path === null ? '  # it was dropped: say where it is' : ''}`,
        `    fold_ln=${python(isFolded && processing.foldLayerNorm)}, center_writing_weights=${python(processing.centerWritingWeights)},`,
        `    center_unembed=${python(processing.centerUnembed)}, fold_value_biases=${python(processing.foldValueBiases)},`,
        ')',
      ),
    },
  ]
}

/** The file of weights: the model's own, or the one in its folder. */
function weightsFile({ name, path }: SnippetInput['model']): string {
  const opened = path ?? name
  return /\.(pt|pth|safetensors)$/i.test(opened) ? opened : `${opened}/model.safetensors`
}
