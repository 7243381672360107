import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { runCli } from '../../src/cli/run-cli'

let scratch: string
beforeAll(async () => {
  scratch = await mkdtemp(join(tmpdir(), 'carryscope-train-cli-'))
})
afterAll(async () => rm(scratch, { recursive: true }))

const tiny = ['--digits', '2', '--layers', '1', '--heads', '1', '--d-model', '8', '--d-head', '4', '--batch-size', '16']

test('a model is trained from the command line, which says how far it is and prints only the folder', async () => {
  const out = join(scratch, 'model')
  const { code, stdout, stderr } = await cli(
    'train',
    '--out',
    out,
    ...tiny,
    '--steps',
    '30',
    '--interval',
    '20',
    '--seed',
    '7',
  )
  expect(stderr).toContain(`Training in "${out}"; if it is interrupted: carryscope train --resume ${out}\n`)
  expect(stderr).toMatch(/step 20 of 30, loss \d\.\d+ nats; held out: \d+\.\d % right, loss \d\.\d+ nats, hardest K/)
  expect([code, stdout]).toEqual([0, `${out}\n`])
  const plan = JSON.parse(await readFile(join(out, 'training.json'), 'utf8')) as { recipe: object }
  expect(plan.recipe).toMatchObject({ seed: 7, batchSize: 16, config: { n_layers: 1, d_model: 8, n_ctx: 8 } })
})

test('a model with MLPs and RMS is trained, and its loss goes down', async () => {
  const out = join(scratch, 'mlp')
  const blocks = ['--d-mlp', '16', '--act-fn', 'relu', '--normalization', 'RMS']
  expect((await cli('train', '--out', out, ...tiny, ...blocks, '--steps', '200')).code).toBe(0)
  const plan = JSON.parse(await readFile(join(out, 'training.json'), 'utf8')) as { recipe: object }
  expect(plan.recipe).toMatchObject({ config: { d_mlp: 16, act_fn: 'relu', normalization_type: 'RMS' } })
  const log = (await readFile(join(out, 'log.jsonl'), 'utf8')).trim().split('\n')
  const losses = log.map(
    (line) => (JSON.parse(line) as { heldOut: { uniform: { loss: number } } }).heldOut.uniform.loss,
  )
  expect(losses.at(-1)).toBeLessThan(0.95 * losses[0]!)
})

test('a model with a digit more in its answers, units first, is trained and opens as such', async () => {
  const out = join(scratch, 'layout')
  const layout = '2 digits, answers of 3, units first, first digits 0 to 9, start token 12'
  expect((await cli('train', '--out', out, ...tiny.slice(2), '--layout', layout, '--steps', '5')).code).toBe(0)
  const { code, stdout } = await cli('evaluate', '--model', out, '--sums', '50')
  expect([code, stdout]).toEqual([0, expect.stringContaining('C2')])
  const config = JSON.parse(await readFile(join(out, 'config.json'), 'utf8')) as object
  expect(config).toMatchObject({ n_ctx: 10, d_vocab: 13, layout: { answerDigits: 3, before: [12] } })
})

test('a training numbers its tokens itself', async () => {
  const { code, stderr } = await cli('train', '--out', join(scratch, 'none'), '--layout', '3, + is token 12')
  expect([code, stderr]).toEqual([2, expect.stringContaining('the token ids 0 to 11')])
})

test('a finished training is told so and left as it is', async () => {
  const out = join(scratch, 'again')
  await cli('train', '--out', out, ...tiny, '--steps', '5')
  const before = await readFile(join(out, 'model.safetensors'))
  expect((await cli('train', '--resume', out)).code).toBe(0)
  expect(await readFile(join(out, 'model.safetensors'))).toEqual(before)
  const { code, stderr } = await cli('train', '--out', out, ...tiny)
  expect([code, stderr]).toEqual([
    2,
    `"${out}" holds a training already: resume it ("carryscope train --resume ${out}"), or choose another folder.\n`,
  ])
})

test.each([
  [
    ['--out', 'here', '--act-fn', 'relu'],
    'The MLPs are to compute with relu, but there are none; give their number of neurons as well.',
  ],
  [
    ['--out', 'here', '--d-mlp', '8', '--act-fn', 'tanh'],
    'The option --act-fn is "tanh", but it must be relu, gelu, gelu_new, silu; choose one of these.',
  ],
  [[], 'A training needs --out FOLDER, to begin, or --resume FOLDER, to go on; give one of them.'],
  [
    ['--resume', 'here', '--seed', '1'],
    '"here" holds its own recipe to go on with; leave out every option besides --resume.',
  ],
  [
    ['--resume', '/nowhere'],
    '"/nowhere" holds no training that could go on (it has no training.json); begin one with "carryscope train --out /nowhere".',
  ],
  [['--preset', 'large', '--out', 'x'], 'There is no preset "large"; choose bundled or reference.'],
  [
    ['--digits', 'four', '--out', 'x'],
    'The number after --digits is "four", but a whole number from 1 to 8 is wanted.',
  ],
  [
    ['--layers', '9', '--out', 'x'],
    'The configuration has n_layers 9, but it must be a whole number from 1 to 4; choose a model of that size.',
  ],
  [['--learning-rate', 'fast', '--out', 'x'], 'The learning rate is NaN, but it must lie between 0 and 1; change it.'],
  [
    ['--d-model', '0', '--out', 'x'],
    'The configuration has d_model 0, but it must be a whole number from 2 to 1024; choose a model of that size.',
  ],
  [['--provider', 'abacus', '--out', 'x'], 'There is no execution provider "abacus" here; choose one of '],
])('train %j is refused with one sentence', async (args, sentence) => {
  const { code, stdout, stderr } = await cli('train', ...args)
  expect([code, stdout]).toEqual([2, ''])
  expect(stderr).toMatch(/^[A-Z"].*\.\n$/)
  expect(stderr).toContain(sentence)
})

async function cli(...args: string[]) {
  let [stdout, stderr] = ['', '']
  const terminal = {
    out: (text: string) => void (stdout += text),
    err: (text: string) => void (stderr += text),
    interactive: false,
  }
  const installation = { version: '1.2.3', engineEntry: '', pageFolder: '', modelsFolder: '' }
  const code = await runCli(args, { terminal, installation } as unknown as Parameters<typeof runCli>[1])
  return { code, stdout, stderr }
}
