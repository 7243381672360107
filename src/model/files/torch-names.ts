import type { ElementType } from './element-type'

/** Storages with a type, as pickles name them. */
export const storageTypes: Readonly<Record<string, ElementType>> = {
  'torch.FloatStorage': 'F32',
  'torch.DoubleStorage': 'F64',
  'torch.HalfStorage': 'F16',
  'torch.BFloat16Storage': 'BF16',
  'torch.LongStorage': 'I64',
  'torch.IntStorage': 'I32',
  'torch.ShortStorage': 'I16',
  'torch.CharStorage': 'I8',
  'torch.ByteStorage': 'U8',
  'torch.BoolStorage': 'BOOL',
}

/** Element types that storages without a type are read as. */
export const elementTypes: Readonly<Record<string, ElementType>> = {
  'torch.uint64': 'U64',
  'torch.uint32': 'U32',
  'torch.uint16': 'U16',
  'torch.float32': 'F32',
  'torch.float64': 'F64',
  'torch.float16': 'F16',
  'torch.bfloat16': 'BF16',
}
export const untypedStorage = 'torch.storage.UntypedStorage'

/** What the names of a checkpoint rebuild. */
export const rebuilds = {
  tensor: 'torch._utils._rebuild_tensor_v2',
  tensorOfType: 'torch._utils._rebuild_tensor_v3',
  parameter: 'torch._utils._rebuild_parameter',
  parameterWithState: 'torch._utils._rebuild_parameter_with_state',
  subclass: 'torch._tensor._rebuild_from_type_v2',
  orderedDict: 'collections.OrderedDict',
  defaultDict: 'collections.defaultdict',
  size: 'torch.Size',
  anything: 'copyreg._reconstructor',
} as const

/**
 * Names of plain values that training scripts keep beside the weights: dates, paths, options, NumPy's numbers, the library's
 * configuration. What they would make is noted, and never made.
 */
const inertNames = new Set([
  ...[
    'argparse.Namespace',
    'types.SimpleNamespace',
    'uuid.UUID',
    '_codecs.encode',
    'collections.Counter',
    'collections.deque',
  ],
  ...[
    'set',
    'frozenset',
    'list',
    'tuple',
    'dict',
    'int',
    'float',
    'complex',
    'bool',
    'str',
    'bytes',
    'bytearray',
    'slice',
    'range',
    'object',
  ].flatMap((name) => [`builtins.${name}`, `__builtin__.${name}`]),
  ...['date', 'datetime', 'time', 'timedelta', 'timezone'].map((name) => `datetime.${name}`),
  ...['Path', 'PosixPath', 'WindowsPath', 'PurePath', 'PurePosixPath', 'PureWindowsPath'].flatMap((name) => [
    `pathlib.${name}`,
    `pathlib._local.${name}`,
  ]),
  ...['scalar', '_reconstruct'].flatMap((name) => [`numpy.core.multiarray.${name}`, `numpy._core.multiarray.${name}`]),
  ...['dtype', 'ndarray'].map((name) => `numpy.${name}`),
  ...['device', 'strided', 'per_tensor_affine'].map((name) => `torch.${name}`),
  'torch.torch_version.TorchVersion',
])
const inertPatterns = [
  /^torch\.(float|bfloat|int|uint|bool|complex)\w*$/,
  /^numpy\.dtypes\.\w+$/,
  /^transformer_lens\.[\w.]*Config$/,
  // A class of the training script itself, such as its options.
  /^__(main|mp_main)__\.\w+$/,
]

const rebuildNames: ReadonlySet<string> = new Set(Object.values(rebuilds))

export function isKnownName(name: string): boolean {
  return (
    rebuildNames.has(name) ||
    name === untypedStorage ||
    Object.hasOwn(storageTypes, name) ||
    inertNames.has(name) ||
    inertPatterns.some((pattern) => pattern.test(name))
  )
}

/** Whether a name is of a module with its code, as `torch.save(model)` writes it, rather than of weights. */
export function isModuleName(name: string): boolean {
  return /^(torch\.nn\.|transformer_lens\.|torch\.jit\.|__torch__\.)/.test(name)
}
