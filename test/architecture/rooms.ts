/** What a room may import besides itself. A `types` entry may only be imported as types; a name may end in `/*`. */
export interface Room {
  readonly rooms: readonly string[]
  readonly types?: readonly string[]
  readonly packages: readonly string[]
}

/** The words of an analysis's parameters, and how they are written, which the contract has to know to validate them. */
const parameterWords = [
  'model/input-schemas',
  'model/intervention',
  'model/config',
  'model/check-intervention',
  'model/intervention-text',
]

/** What has to be written in Python as it is done here: defaults, drawn partners, the names of parameters and interventions. */
const snippetWords = [
  'analyses/running/chosen-sums',
  'analyses/running/resample-donor',
  'model/parameters',
  'model/normalization',
  'model/intervention-text',
]

/** Evaluations of parts of all sums, put together: by whoever starts the processes that make them. */
const marginWords = ['model/exhaustive/evaluation', 'model/exhaustive/margins']

/** Computation only: these packages touch neither files nor windows. */
const pure = ['ml-matrix', 'pure-rand/*', 'fflate', 'fastest-levenshtein']

/** The import table of the house: who may know whom. */
export const rooms: Readonly<Record<string, Room>> = {
  core: { rooms: [], packages: pure },
  // Files, messages and options are checked by schemas where they arrive.
  model: { rooms: ['core'], packages: [...pure, 'zod'] },
  analyses: { rooms: ['core', 'model'], packages: [...pure, 'zod'] },
  // What crosses between processes, and how: the only room that every process knows.
  contract: { rooms: ['core', ...parameterWords], types: ['model', 'analyses'], packages: ['zod'] },
  // What starts engine processes, shares work among them and replaces those that die. A window never does.
  host: { rooms: ['core', 'contract', 'analyses', ...marginWords], packages: ['zod'] },
  // What a person set up, as a document: saved, linked to, undone.
  session: { rooms: ['core', 'contract', ...parameterWords], packages: ['zod'] },
  snippets: {
    rooms: ['core', ...parameterWords, ...snippetWords],
    types: ['model', 'analyses', 'contract'],
    packages: [],
  },
  charts: {
    rooms: ['core', ...parameterWords],
    types: ['analyses', 'contract', 'echarts', 'echarts/*'],
    packages: [],
  },
  report: {
    rooms: ['core', 'model', 'contract', 'charts', 'snippets'],
    types: ['analyses'],
    packages: ['echarts', 'echarts/*'],
  },
  // Claims about how a model adds, and their checks: the window and the command line ask through their own engine.
  tour: { rooms: ['core', 'contract'], types: ['analyses', 'model'], packages: [] },
  // Talks as data: states of a session with what is said about them, and what each expects, which is checked as a claim is.
  deck: {
    rooms: ['core', 'contract', 'session', 'charts', 'tour', ...parameterWords],
    types: ['analyses'],
    packages: ['zod'],
  },
  // Tours, sessions and decks as pages for people who have no Carryscope.
  share: {
    rooms: ['core', 'contract', 'session', 'charts', 'report', 'tour', 'deck', ...parameterWords],
    types: ['analyses'],
    packages: [],
  },
  // What is written on a disk: whole or not at all, one process at a time, refused in words.
  files: { rooms: ['core'], packages: ['node:*'] },
  // onnxruntime-node by its types alone: `engine/onnxruntime` loads it, for every process, once its telemetry is off.
  engine: {
    rooms: ['core', 'files', 'model', 'analyses', 'contract'],
    types: ['onnxruntime-node'],
    packages: ['node:*', 'zod'],
  },
  main: { rooms: ['core', 'files', 'contract', 'host', 'session'], packages: ['electron', 'node:*'] },
  preload: { rooms: ['contract'], packages: ['electron'] },
  renderer: {
    rooms: ['contract', 'session', 'core', 'charts', 'snippets', 'report', 'tour', 'deck', 'share', ...parameterWords],
    types: ['analyses'],
    // The decks that come with the program are part of the page.
    packages: ['svelte', 'svelte/*', 'echarts', 'echarts/*', '@fontsource-variable/*', '../resources/decks/*'],
  },
  cli: {
    rooms: [
      ...['core', 'files', 'model', 'analyses', 'contract', 'host', 'session'],
      ...['charts', 'snippets', 'report', 'engine', 'tour', 'deck', 'share'],
    ],
    packages: ['node:*', 'commander', 'ws', 'zod', ...pure],
  },
}
