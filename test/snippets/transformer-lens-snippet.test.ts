import { expect, test } from 'vitest'
import { hooksOf } from '../../src/model/hooks'
import { fullProcessing } from '../../src/model/processing'
import { namesIn } from '../../src/snippets/python/blocks'
import { transformerLensSnippet } from '../../src/snippets/transformer-lens-snippet'
import { blockConfigs, describeConfig, smallConfig } from '../support/random-model'
import { describeCase, snippetCases } from './snippet-cases'

const configs = [
  smallConfig({ normalization_type: 'LNPre' }),
  smallConfig({ n_layers: 1, n_heads: 2, numDigits: 2 }),
  smallConfig({ n_layers: 4, n_heads: 8, numDigits: 6 }),
  ...blockConfigs,
]

function modelOf(config: (typeof configs)[number]) {
  const isFolded = config.normalization_type === 'LNPre'
  const stored = {
    path: '/models/a/model.safetensors',
    within: [] as readonly string[],
    prefix: '',
    isNative: false,
    normalization_type: config.normalization_type,
  }
  return { name: 'a', path: '/models/a', stored, config, processing: { ...fullProcessing, foldLayerNorm: isFolded } }
}

test.each(configs.map((config) => [describeConfig(config), config] as const))(
  'snippets name hooks that the model has, use whatever they define, and end in a result: %s',
  (_, config) => {
    const hooks = hooksOf(config).map(({ name }) => name)
    for (const one of snippetCases(config)) {
      const code = transformerLensSnippet({ ...one, model: modelOf(config) })
      const named = [...code.matchAll(/"([^"]*hook_[^"]*)"/g)].map(([, name]) =>
        name!.replace('{layer}', '0').replace('{site}', 'q'),
      )
      for (const name of named) expect(hooks, describeCase(one)).toContain(name)
      expect(unusedNames(code), `${describeCase(one)}\n${code}`).toEqual([])
      expect(code.slice(code.lastIndexOf('\n', code.length - 2) + 1)).toBe('}\n')
      for (const line of code.split('\n')) expect(line.length, line).toBeLessThanOrEqual(120)
    }
  },
)

test('a model is loaded from the file that it was opened from, and processed as it was', () => {
  const config = smallConfig({ normalization_type: 'LNPre', d_model: 14 })
  const model = modelOf(config)
  const code = (change: Partial<Omit<(typeof model)['stored'], 'path'> & { path: string | null }>, name = 'my.pt') =>
    transformerLensSnippet({
      id: 'ov-circuit',
      params: {},
      model: {
        ...model,
        name,
        path: 'path' in change ? (change.path ?? null) : name,
        stored: { ...model.stored, ...change },
      },
    })
  expect(code({})).toContain('load_file("/models/a/model.safetensors")')
  expect(code({ path: 'C:\\models\\b.safetensors' })).toContain('load_file("C:\\\\models\\\\b.safetensors")')
  expect(code({ path: '/models/c.pt' })).toContain('torch.load("/models/c.pt", map_location="cpu", weights_only=True)')
  expect(code({ path: '/models/c.pt' })).not.toContain('load_file')
  expect(code({ path: null })).toContain(
    'torch.load("my.pt", map_location="cpu", weights_only=True).items()  # it was dropped: say where it is',
  )
  const wrapped = code({ path: '/c.pt', within: ['checkpoints', '2'], prefix: 'module.' })
  expect(wrapped).toContain('weights_only=True)["checkpoints"][2].items()')
  expect(wrapped).toContain('name.removeprefix("module."): value')
  expect(wrapped).toContain('if name.startswith("module.") and not name.endswith((".mask", ".IGNORE"))')
  expect(code({ isNative: true })).toContain('model.load_state_dict(weights)')
  expect(code({ isNative: true })).not.toContain('HookedTransformer(')
  const raw = { centerWritingWeights: false, centerUnembed: true, foldLayerNorm: false, foldValueBiases: false }
  const unprocessed = transformerLensSnippet({
    id: 'ov-circuit',
    params: {},
    model: { ...modelOf(smallConfig()), processing: raw },
  })
  expect(unprocessed).toContain('fold_ln=False, center_writing_weights=False')
  expect(unprocessed).toContain('center_unembed=True, fold_value_biases=False')
})

test.each([
  [{ normalization_type: null }, ['normalization_type=None', 'attn_only=True']],
  [
    { normalization_type: 'RMSPre', d_mlp: 8, act_fn: 'silu' },
    ['normalization_type="RMSPre"', 'd_mlp=8, act_fn="silu"'],
  ],
] as const)('a model is made with its blocks: %j', (change, wanted) => {
  const model = { ...modelOf(smallConfig(change)), processing: fullProcessing }
  const code = transformerLensSnippet({ id: 'ov-circuit', params: {}, model })
  for (const words of wanted) expect(code).toContain(words)
})

test.each([{ d_model: 12 }, { d_model: 16, d_mlp: 16, act_fn: 'relu' }] as const)(
  'a square W_U or W_in is processed by TransformerLens 2 alone, which does so along the right axis: %j',
  (change) => {
    const config = smallConfig({ ...change, normalization_type: 'LNPre' })
    const code = (model: Partial<ReturnType<typeof modelOf>>) =>
      transformerLensSnippet({ id: 'ov-circuit', params: {}, model: { ...modelOf(config), ...model } })
    const stored = { ...modelOf(config).stored, isNative: true }
    const nothing = { centerWritingWeights: false, centerUnembed: false, foldLayerNorm: false, foldValueBiases: false }
    expect(code({})).toContain('with TransformerLens 2\n')
    expect(code({})).toContain('if not version("transformer_lens").startswith("2."):\n    raise SystemExit(')
    expect(code({})).not.toContain('convert_tl_checkpoint')
    expect(code({ stored })).toContain('raise SystemExit(')
    expect(code({ processing: nothing })).toContain('with TransformerLens 2, 3 or 4\n')
    expect(code({ processing: nothing })).not.toContain('SystemExit')
  },
)

test('words in texts and comments are not names, but those in the braces of an f-string are', () => {
  expect(namesIn('one = f"{two} three" + "four"  # five\n"""six"""')).toEqual(['one', 'two'])
})

/** Names that are imported, assigned or defined at the beginning of a line and never read. */
function unusedNames(code: string): string[] {
  const defined = [
    ...code.matchAll(/^(?:def (\w+)|(?:from \w[\w.]* )?import ([\w, ]+)|([A-Za-z_][\w, ]*?) (?:=|\+=) )/gm),
  ]
  const names = defined.flatMap(([, ...groups]) =>
    groups.flatMap((group: string | undefined) => (group ?? '').split(', ')),
  )
  const counted = namesIn(code)
  return [...new Set(names)].filter(
    (name) =>
      !['', '_', 'result'].includes(name) &&
      counted.filter((word) => word === name).length <= names.filter((other) => other === name).length,
  )
}
