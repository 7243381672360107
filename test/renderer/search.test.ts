// @vitest-environment jsdom
import { expect, test } from 'vitest'
import { commandsOf, matching } from '../../src/renderer/shell/commands'
import { Application } from '../../src/renderer/state/application.svelte'
import { FakeEngine, fakeBridge } from '../support/fake-engine'

const application = new Application(new FakeEngine(), fakeBridge())
await application.start()
const commands = commandsOf(application, application.explorer!)

/** Words that people type, each with one of the things that they are after. */
const wanted: readonly (readonly [word: string, finds: string])[] = [
  ['undo', 'Undo'],
  ['redo', 'Redo'],
  ['back', 'Undo'],
  ['reset', 'Clear all interventions'],
  ['clean', 'Clear all interventions'],
  ['random', 'Random sum'],
  ['cascade', 'Cascade sum'],
  ['hard', 'Hard sum'],
  ['difficult', 'Hard sum'],
  ['carry', 'Dataset › Where the carry goes'],
  ['carries', 'Dataset › How well it adds › How often they carry'],
  ['dla', 'Dataset › What adds to the answer › What adds to the right digit'],
  ['attribution', 'Weights › One sum › Logit attribution'],
  ['path', 'Weights › One sum › Logit attribution by path'],
  ['qk', 'Weights › QK circuits'],
  ['ov', 'Weights › OV circuits'],
  ['unembedding', 'Weights › Unembedding'],
  ['fourier', 'Weights › Frequencies › W_U in the Fourier basis'],
  ['fft', 'Weights › Unembedding › Frequencies of the rows'],
  ['singular', 'Weights › Directions › Singular values'],
  ['w_u', 'Weights › Unembedding › W_U'],
  ['patch', 'Go to Explore'],
  ['mean', 'Go to Explore'],
  ['zero', 'Go to Explore'],
  ['resample', 'Go to Explore'],
  ['ablate', 'Ablate All L0 Q'],
  ['ablation', 'Dataset › What it needs › Without a head'],
  ['seed', 'Go to Dataset'],
  ['subset', 'Go to Dataset'],
  ['accuracy', 'Dataset › How well it adds › Statistics'],
  ['loss', 'Dataset › What it needs › Without a head'],
  ['position', 'Dataset › What it needs › Without a head at one position'],
  ['attention', 'Dataset › Where it looks › Attention over all sums'],
  ['pattern', 'Open H0.0'],
  ['head', 'Open H1.2'],
  ['h0.1', 'Open H0.1'],
  ['0.1 q', 'Switch H0.1 Q'],
  ['l1h2 out', 'Switch H1.2 Out'],
  ['query', 'Switch H0.0 Q'],
  ['value', 'Switch H1.1 V'],
  ['stage', 'Stage'],
  ['talk', 'Stage'],
  ['presentation', 'Stage'],
  ['colour', 'Palette: standard'],
  ['color blind', 'Palette: standard'],
  ['dark', 'Theme: dark'],
  ['theme', 'Theme: light'],
  ['gpu', 'Execution providers'],
  ['cuda', 'Execution providers'],
  ['help', 'Keyboard'],
  ['shortcuts', 'Keyboard'],
  ['open', 'Open another model'],
  ['checkpoint', 'Open another model'],
  ['save', 'Save session as…'],
  ['share', 'Copy state as text'],
  ['link', 'Copy state as text'],
  ['report', 'Save report…'],
  ['export', 'Save report…'],
  ['compare', 'Pin this state as A'],
  ['history', 'History'],
  ['c2', 'Focus on C2'],
  ['cell 26', 'Dataset › What adds to the answer › What adds to the right digit'],
  ['cell 37', 'Dataset › How well it adds › How often they carry'],
]

test.each(wanted)('“%s” finds %s', (word, label) => {
  expect(matching(commands, word).map((one) => one.label)).toContain(label)
})

test('what is called so comes before what is only about it', () => {
  const labels = matching(commands, 'dataset').map(({ label }) => label)
  expect(labels[0]).toBe('Go to Dataset')
})

test('a word that nothing is about finds nothing', () => {
  expect(matching(commands, 'zebra')).toEqual([])
})

test('no two commands are called the same', () => {
  const labels = commands.map(({ label }) => label)
  expect(labels.filter((label, index) => labels.indexOf(label) !== index)).toEqual([])
})
