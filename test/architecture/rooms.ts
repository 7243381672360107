/** What a room may import besides itself. A `types` entry may only be imported as types; a name may end in `/*`. */
export interface Room {
  readonly rooms: readonly string[]
  readonly types?: readonly string[]
  readonly packages: readonly string[]
}

/** The words of an analysis's parameters, and how they are written, which the contract has to know to validate them. */
const parameterWords = ['model/intervention', 'model/config', 'model/check-intervention', 'model/intervention-text']

/** What has to be written in Python as it is done here: defaults, drawn partners, the names of parameters and interventions. */
const snippetWords = ['analyses/chosen-sums', 'analyses/resample-donor', 'model/parameters', 'model/intervention-text']

/** Computation only: these packages touch neither files nor windows. */
const pure = ['ml-matrix', 'pure-rand/*', 'fflate', 'fastest-levenshtein']

/** The import table of the house: who may know whom. */
export const rooms: Readonly<Record<string, Room>> = {
  core: { rooms: [], packages: pure },
  // Files, messages and options are checked by schemas where they arrive.
  model: { rooms: ['core'], packages: [...pure, 'zod'] },
  analyses: { rooms: ['core', 'model'], packages: pure },
  shared: { rooms: ['core', ...parameterWords], types: ['model', 'analyses'], packages: ['zod'] },
  snippets: {
    rooms: ['core', ...parameterWords, ...snippetWords],
    types: ['model', 'analyses', 'shared'],
    packages: [],
  },
  charts: {
    rooms: ['core', ...parameterWords],
    types: ['analyses', 'shared', 'echarts', 'echarts/*'],
    packages: [],
  },
  report: {
    rooms: ['core', 'model', 'shared', 'charts', 'snippets'],
    types: ['analyses'],
    packages: ['echarts', 'echarts/*'],
  },
  engine: { rooms: ['core', 'model', 'analyses', 'shared'], packages: ['onnxruntime-node', 'node:*', 'zod'] },
  main: { rooms: ['shared'], packages: ['electron', 'node:*'] },
  preload: { rooms: ['shared'], packages: ['electron'] },
  renderer: {
    rooms: ['shared', 'core', 'charts', 'snippets', 'report', ...parameterWords],
    types: ['analyses'],
    packages: ['svelte', 'svelte/*', 'echarts', 'echarts/*', '@fontsource-variable/*'],
  },
  cli: {
    rooms: ['core', 'model', 'analyses', 'shared', 'charts', 'snippets', 'report', 'engine'],
    packages: ['node:*', 'commander', 'ws', 'onnxruntime-node', 'zod', ...pure],
  },
}
