import { execFile } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { cli } from '../support/cli'
import { randomModelFolder } from '../support/model-folder'

const folder = randomModelFolder()
const model = ['--model', folder.path]
const scratch = mkdtempSync(join(tmpdir(), 'carryscope-cli-'))
const broken = (name: string, bytes: string | Uint8Array) => {
  writeFileSync(join(scratch, name), bytes)
  return join(scratch, name)
}
afterAll(() => {
  folder.remove()
  rmSync(scratch, { recursive: true })
})

const positions = 'A0 A1 A2 A3 + B0 B1 B2 B3 = C0 C1 C2 C3'

test.each<[string, string[], string]>([
  ['no command', [], 'A command is wanted, such as "carryscope analyze performance"; see "carryscope --help".'],
  [
    'an unknown command',
    ['analyse', 'dla'],
    'There is no command "analyse"; the nearest is "analyze" (see "carryscope --help").',
  ],
  [
    'a word for what a command does',
    ['exhaustive'],
    'There is no command "exhaustive"; you may want "carryscope evaluate --exhaustive" (see "carryscope --help").',
  ],
  [
    'a word for a command, with options that are no command of its own',
    ['gpu', '--json', '-'],
    'There is no command "gpu"; you may want "carryscope providers" (see "carryscope --help").',
  ],
  [
    'an analysis for a command',
    ['dla', '--sum', '2968+1606'],
    'There is no command "dla"; you may want "carryscope analyze dla" (see "carryscope --help").',
  ],
  [
    'a sum for a command',
    ['2968+1606'],
    'There is no command "2968+1606"; you may want "carryscope analyze predictions --sum 2968+1606" (see "carryscope --help").',
  ],
  [
    'a word that is near nothing',
    ['xylophone'],
    'There is no command "xylophone": there are analyze, bench, deck, evaluate, export, list, merge, providers, report, serve, share, tour, train (see "carryscope --help").',
  ],
  [
    'an option for a command',
    ['--sum', '2968+1606'],
    'There is no option "--sum"; you may want "carryscope analyze predictions --sum 2968+1606" (see "carryscope --help").',
  ],
  [
    'a word that means another command, for an analysis',
    ['analyze', 'exhaustive'],
    'There is no analysis "exhaustive"; you may want "carryscope evaluate --exhaustive" (see "carryscope list").',
  ],
  [
    'a word too many',
    ['analyze', 'dla', 'extra', '--sum', '2968+1606', ...model],
    '"extra" is a word too many after "analyze": leave it out, or put it in quotes with what it belongs to (see "carryscope analyze --help").',
  ],
  [
    'a word too many that is an option',
    ['evaluate', 'exhaustive', ...model],
    '"exhaustive" is a word too many after "evaluate": write --exhaustive if you mean the option (see "carryscope evaluate --help").',
  ],
  [
    'a word that is empty',
    ['analyze', ''],
    'A word after "analyze" is empty: write what it is to be, or leave it out.',
  ],
  [
    'an empty value',
    ['train', '--out', '/no/such', '--learning-rate', ''],
    'The option --learning-rate has an empty value: write what it is to be, or leave it out.',
  ],
  [
    'an empty value of a repeated option',
    ['analyze', 'performance', ...model, '--ablate', 'H0.1:q:mean', '--ablate', ' '],
    'The option --ablate has an empty value: write what it is to be, or leave it out.',
  ],
  [
    'an option for a value',
    ['analyze', 'dla', '--sum', '--json', '-'],
    'The option --sum has no value, for "--json" follows: write one, or leave --sum out.',
  ],
  [
    'an option twice',
    ['analyze', 'dla', ...model, '--sum', '2968+1606', '--sum', '2262+0672'],
    'The option --sum was given twice: give it once, since only one value counts.',
  ],
  ['no analysis', ['analyze'], 'The command line was not understood: missing required argument "id"; see --help.'],
  [
    'an unknown analysis',
    ['analyze', 'headablation', ...model],
    'There is no analysis "headablation"; the nearest is "head-ablation" (see "carryscope list").',
  ],
  [
    'an unknown option',
    ['analyze', 'dla', '--sun', '1'],
    'The command line was not understood: unknown option "--sun" (did you mean --sum?); see --help.',
  ],
  [
    'an option without its value',
    ['analyze', 'dla', '--sum'],
    'The command line was not understood: option "--sum <sum>" argument missing; see --help.',
  ],
  [
    'no model',
    ['analyze', 'performance'],
    'No model was named and none is bundled: give one with --model PATH (a folder, .safetensors or .pt).',
  ],
  [
    'a model that is not there',
    ['analyze', 'performance', '--model', '/no/such.pt'],
    'There is no model at "/no/such.pt": name a folder with config.json and model.safetensors, a .safetensors file or a .pt file.',
  ],
  [
    'a model that is not there, for every command that opens one',
    ['providers', '--model', '/no/such.pt'],
    'There is no model at "/no/such.pt": name a folder with config.json and model.safetensors, a .safetensors file or a .pt file.',
  ],
  [
    'a choice that the analysis does not have',
    ['analyze', 'dla', ...model, '--sum', '2968+1606', '--mode', 'zero'],
    'The analysis "dla" has no --mode to choose: leave it out; it is for "head-ablation", "qkv-ablation", "position-ablation", "interaction".',
  ],
  [
    'a half-typed sum',
    ['analyze', 'dla', ...model, '--sum', '2968+16'],
    '"16" in the sum "2968+16" has 2 digits where 4 are wanted: write every digit, leading zeros too, as in 2968+1606.',
  ],
  [
    'an operand out of range',
    ['analyze', 'dla', ...model, '--sum', '5000+0001'],
    '5000 is out of range: this model adds whole numbers from 0000 to 4999, so that the answer fits in 4 digits; choose an operand in that range.',
  ],
  [
    'one sum too few',
    ['analyze', 'dla', ...model],
    'The analysis "dla" is about one sum: name it, as in --sum 2968+1606.',
  ],
  [
    'one sum too many',
    ['analyze', 'performance', ...model, '--sum', '2968+1606'],
    'The analysis "performance" is not about one sum: leave --sum out, or choose its sums with --sums and --seed.',
  ],
  [
    'no sums',
    ['analyze', 'performance', ...model, '--sums', '0'],
    'The number of sums is "0", but a whole number from 1 to 1000000 is wanted.',
  ],
  [
    '10 million sums',
    ['analyze', 'performance', ...model, '--sums', '10000000'],
    'The number of sums is "10000000", but a whole number from 1 to 1000000 is wanted.',
  ],
  [
    'a fractional seed',
    ['analyze', 'performance', ...model, '--seed', '1.5'],
    'The seed is "1.5", but a whole number from 0 to 4294967295 is wanted.',
  ],
  [
    'an unknown subset',
    ['analyze', 'performance', ...model, '--subset', 'some'],
    '"some" is not a subset: write all, carries, non-carries or a column pattern such as *P*G.',
  ],
  [
    'an empty subset',
    ['analyze', 'performance', ...model, '--sums', '3', '--subset', 'KPPP'],
    'None of the 3 sums of this dataset is in the subset "KPPP": choose another subset, more sums or another seed.',
  ],
  [
    'an unknown mode',
    ['analyze', 'head-ablation', ...model, '--mode', 'median'],
    'There is no mode "median"; the nearest is "mean" (there are zero, mean, resample).',
  ],
  [
    'a head that does not exist',
    ['analyze', 'performance', ...model, '--ablate', 'H0.3:q:mean'],
    'The model has no head H0.3; the heads of layer 0 are H0.0 to H0.2.',
  ],
  [
    'a position that does not exist',
    ['analyze', 'performance', ...model, '--ablate', 'H0.1:q@C4:mean'],
    `"C4" is not a position: the sums of this model have ${positions}, or 0 to 13.`,
  ],
  [
    'a file that is no model',
    ['analyze', 'performance', '--model', broken('model.safetensors', 'short')],
    'The file "model.safetensors" has 5 bytes, but a safetensors file has at least 8; copy it again.',
  ],
  [
    'a result that cannot be written',
    ['analyze', 'carries', ...model, '--json', '/no/such/file.json'],
    'The result cannot be written to "/no/such/file.json" (it, or its folder, is not there); choose another file with --json, or - for stdout.',
  ],
  [
    'a result that could not be written after minutes',
    ['evaluate', '--exhaustive', ...model, '--json', folder.path],
    `The result cannot be written to "${folder.path}" (it is a folder); choose another file with --json, or - for stdout.`,
  ],
  ['a port that is none', ['serve', '--port', 'x'], 'The port is "x", but a whole number from 0 to 65535 is wanted.'],
  [
    'a port that is none, with a model to open',
    ['serve', '--port', 'x', ...model],
    'The port is "x", but a whole number from 0 to 65535 is wanted.',
  ],
])('%s is refused with one sentence and code 2, stdout clean', async (_, args, sentence) => {
  expect(await cli(...args)).toEqual({ code: 2, out: '', err: `${sentence}\n` })
})

test('the version goes to stdout', async () => {
  for (const option of ['--version', '-V']) expect(await cli(option)).toEqual({ code: 0, out: '1.2.3\n', err: '' })
})

test('help and list go to stdout with code 0', async () => {
  for (const args of [['--help'], ['help'], ['analyze', '--help'], ['help', 'analyze'], ['list']]) {
    const { code, out, err } = await cli(...args)
    expect([code, err]).toEqual([0, ''])
    expect(out).toContain(args[0] === 'list' ? 'head-ablation' : 'Usage')
  }
})

/** What is said of a model with random weights, on standard error, beside its result. */
const notLearnt = /^On 1000 sums this model is worse than chance: [^\n]+\n$/

test('tables are for people, JSON is for programs, both tell the same', async () => {
  const options = ['--sums', '20', '--seed', '3', '--ablate', 'H0.1:result@C1:zero', '--subset', '****']
  const tables = await cli('analyze', 'performance', ...model, ...options)
  const file = join(scratch, 'result.json')
  expect(await cli('analyze', 'performance', ...model, ...options, '--json', file)).toEqual({
    code: 0,
    out: '',
    err: expect.stringMatching(notLearnt) as string,
  })
  const written = JSON.parse(readFileSync(file, 'utf8')) as Record<string, Record<string, unknown>>
  expect(written).toMatchObject({
    analysis: 'performance',
    model: { name: folder.path.split('/').at(-1), config: { n_layers: 2, layout: { operandDigits: 4 } } },
    params: {
      dataset: { size: 20, seed: 3 },
      subset: '****',
      interventions: [{ site: 'result', layer: 0, head: 1, positions: [11], mode: 'zero' }],
    },
    result: { n: 20 },
  })
  expect(tables.out).toContain((written['result']!['loss'] as number).toFixed(4))
})

const built = join(import.meta.dirname, '../../out/main/cli.js')

/** The built command as a process of its own. */
function command(...args: string[]): Promise<{ code: number; out: string; err: string }> {
  return new Promise((resolve) => {
    execFile(process.execPath, [built, ...args], (error, out, err) => {
      resolve({ code: error ? Number(error.code) : 0, out, err })
    })
  })
}

test.skipIf(!existsSync(built))(
  'the built command keeps stdout for the result and exits with its code (needs the build)',
  async () => {
    const answer = await command('analyze', 'carries', ...model, '--sums', '10', '--json', '-')
    expect([answer.code, answer.err]).toEqual([0, expect.stringMatching(notLearnt)])
    expect(JSON.parse(answer.out)).toMatchObject({ analysis: 'carries' })
    const refused = await command('analyze', 'carrys', ...model)
    expect(refused).toEqual({
      code: 2,
      out: '',
      err: 'There is no analysis "carrys"; the nearest is "carries" (see "carryscope list").\n',
    })
  },
)
