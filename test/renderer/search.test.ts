// @vitest-environment jsdom
import { expect, test } from 'vitest'
import { datasetSections } from '../../src/renderer/dataset/sections'
import { commandsOf } from '../../src/renderer/shell/commands'
import { matching } from '../../src/renderer/shell/matching'
import { Application } from '../../src/renderer/state/application.svelte'
import { weightsSections } from '../../src/renderer/weights/sections'
import { FakeEngine, fakeBridge } from '../support/fake-engine'

const application = new Application(new FakeEngine(), fakeBridge())
await application.start()
const explorer = application.explorer!

function labelsOf(typed: string): readonly string[] {
  return matching(commandsOf(application, explorer), typed).map(({ label }) => label)
}

/** Words that people type, each with what it finds first, which Enter does. */
const first: readonly (readonly [typed: string, label: string])[] = [
  // What is done.
  ['undo', 'Undo'],
  ['redo', 'Redo'],
  ['back', 'Undo'],
  ['reset', 'Clear all interventions'],
  ['clean', 'Clear all interventions'],
  ['clear', 'Clear all interventions'],
  ['random', 'Random sum'],
  ['cascade', 'Cascade sum'],
  ['hard', 'Hard sum'],
  ['difficult', 'Hard sum'],
  // What the project is about.
  ['carry', 'Go to Carry lab'],
  ['carries', 'Go to Carry lab'],
  ['dla', 'Explore › Logit attribution'],
  ['attribution', 'Explore › Logit attribution'],
  ['path', 'Explore › Logit attribution by path'],
  ['qk', 'Weights › QK circuits'],
  ['ov', 'Weights › OV circuits'],
  ['unembedding', 'Weights › Unembedding'],
  ['fourier', 'Weights › Frequencies › Fourier basis'],
  ['fft', 'Weights › Unembedding › Frequencies of the rows'],
  ['frequency', 'Weights › Frequencies'],
  ['singular', 'Weights › Directions › Singular values'],
  ['w_u', 'Weights › Unembedding › W_U'],
  ['clock', 'Explore › Clock face'],
  ['angle', 'Carry lab › Circle'],
  ['predictions', 'Explore › Predictions'],
  ['accuracy', 'Dataset › How well it adds › Statistics'],
  ['loss', 'Train › Loss'],
  ['position', 'Carry lab › Position map'],
  ['head', 'Carry lab › Heads together'],
  ['attention', 'Dataset › Where it looks › Attention'],
  ['layer 1', 'Ablate Layer 1'],
  // Interventions.
  ['patch', 'Replace by patch'],
  ['mean', 'Replace by mean'],
  ['zero', 'Replace by zero'],
  ['resample', 'Replace by resample'],
  ['ablate', 'Ablate H0.0 Out'],
  ['ablate h0.2', 'Ablate H0.2 Out'],
  ['h0.2 ablate', 'Ablate H0.2 Out'],
  ['ablate 0.2', 'Ablate H0.2 Out'],
  ['l0h2', 'Open H0.2'],
  ['h0.1', 'Open H0.1'],
  ['0.1 q', 'Ablate H0.1 Q'],
  ['l1h2 out', 'Ablate H1.2 Out'],
  ['query', 'Ablate H0.0 Q'],
  ['value', 'Weights › Directions › Singular values'],
  ['key', 'Keyboard'],
  ['B3', 'Replace only at B3 · p8'],
  ['c2', 'Focus on C2'],
  // The sums.
  ['seed', 'Choose sums, seed and subset'],
  ['subset', 'Choose sums, seed and subset'],
  ['every sum', 'Failures › Every sum'],
  ['exhaustive', 'Go to Failures'],
  // Workspaces.
  ['weights', 'Go to Weights'],
  ['dataset', 'Go to Dataset'],
  ['lab', 'Go to Carry lab'],
  ['failures', 'Go to Failures'],
  ['tour', 'Go to Tour'],
  ['train', 'Go to Train'],
  ['deck', 'Go to Decks'],
  ['margin', 'Failures › Margins'],
  ['weakest', 'Failures › Weakest sums'],
  ['wrong', 'Train › Wrong sums'],
  ['nearest', 'Failures › Nearest'],
  ['film', 'Train › Checkpoints'],
  ['checkpoint', 'Train › Checkpoints'],
  ['learning rate', 'Start a training run…'],
  ['transplant', 'Carry lab › Bench'],
  ['bench', 'Carry lab › Bench'],
  ['donor', 'Donor with another carry'],
  ['needles', 'Carry lab › Needles'],
  ['race', 'Carry lab › Race'],
  ['circle', 'Carry lab › Circle'],
  ['probe', 'Carry lab › Probes'],
  ['shapley', 'Carry lab › Heads together'],
  ['claims', 'Go to Tour'],
  ['presenter', 'Present the deck'],
  ['slides', 'Go to Decks'],
  ['notes', 'Go to Decks'],
  // The window.
  ['stage', 'Stage'],
  ['talk', 'Stage'],
  ['colour', 'Colours: red to blue'],
  ['color blind', 'Colours: orange to blue'],
  ['dark', 'Theme: dark'],
  ['theme', 'Theme: light'],
  ['gpu', 'Execution providers'],
  ['cuda', 'Execution providers'],
  ['help', 'Keyboard'],
  ['shortcuts', 'Keyboard'],
  ['open', 'Open another model'],
  ['save', 'Save session as…'],
  ['link', 'Copy state as text'],
  ['report', 'Save report…'],
  ['compare', 'Pin this state as A'],
  ['history', 'History'],
  ['pin', 'Pin this state as A'],
  ['layout', 'How sums are written…'],
  ['version', 'About Carryscope'],
  ['pdf', 'Save report…'],
  ['csv', 'Save a figure as CSV, SVG, PNG or JSON…'],
  ['svg', 'Save a figure as CSV, SVG, PNG or JSON…'],
  ['png', 'Save a figure as CSV, SVG, PNG or JSON…'],
  ['spreadsheet', 'Save a figure as CSV, SVG, PNG or JSON…'],
  // The notebook.
  ['cell 26', 'Dataset › What adds to the answer › What adds to the right digit'],
  ['cell 37', 'Dataset › How well it adds › How often they carry'],
]

test.each(first)('“%s” finds %s first', (typed, label) => {
  expect(labelsOf(typed)[0]).toBe(label)
})

/** Words for which what people may be after comes among others. */
const among: readonly (readonly [typed: string, label: string])[] = [
  ['share', 'Copy state as text'],
  ['export', 'Save report…'],
  ['ablation', 'Dataset › What it needs › Without a head'],
  ['carries', 'Dataset › How well it adds › How often they carry'],
  ['mean', 'Take means over the reference set'],
  ['presentation', 'Go to Decks'],
  ['donor', 'Random donor'],
  ['colour', 'Theme: dark'],
  ['deck', 'Open the deck “How the carry moves”'],
  ['36 degrees', 'Tour › A carry turns the answer by 36 degrees.'],
]

test.each(among)('“%s” finds %s too', (typed, label) => {
  expect(labelsOf(typed)).toContain(label)
})

test('what is ablated is offered to be restored, and nothing that does the opposite of what was typed', () => {
  explorer.interventions.flip({ layer: 0, head: 2 }, 'result')
  expect(labelsOf('h0.2 out')).toEqual(['Restore H0.2 Out'])
  expect(labelsOf('restore h0.2')[0]).toBe('Restore H0.2 Out')
  expect(labelsOf('ablate h0.2')[0]).toBe('Ablate H0.2 Q')
  explorer.interventions.clear()
  expect(
    labelsOf('ablate h0.2')
      .slice(0, 5)
      .every((label) => label.startsWith('Ablate H0.2 ')),
  ).toBe(true)
})

test('a state of the deck is removed only where it is seen', () => {
  expect(labelsOf('remove')).not.toContain('Remove this state of the deck')
  explorer.session.show({ workspace: 'decks' })
  expect(labelsOf('remove')).toContain('Remove this state of the deck')
  explorer.session.show({ workspace: 'explore' })
})

test('a panel that is found is gone to, once, when its workspace is on screen', () => {
  const [clock] = matching(commandsOf(application, explorer), 'clock')
  explorer.session.show({ workspace: 'train' })
  clock!.run()
  const place = { workspace: 'explore', figure: 'clock-face' } as const
  expect(explorer.session.view.workspace).toBe('explore')
  expect(explorer.places.take({ ...place, workspace: 'train' })).toBe(false)
  expect(explorer.places.take({ ...place, figure: 'dla' })).toBe(false)
  expect([explorer.places.take(place), explorer.places.take(place)]).toEqual([true, false])
})

test('every command finds itself first by its whole label', () => {
  const commands = commandsOf(application, explorer)
  for (const { label } of commands) expect(matching(commands, label)[0]!.label).toBe(label)
})

test('every figure with a place in a workspace is found by its id', () => {
  const places = [...datasetSections, ...weightsSections].flatMap((section) => section.places)
  for (const { figure } of places) expect(labelsOf(figure.id).join()).toContain(figure.title)
})

test('a word that nothing is about finds nothing', () => {
  expect(labelsOf('zebra')).toEqual([])
})

test('no two commands are called the same', () => {
  const labels = commandsOf(application, explorer).map(({ label }) => label)
  expect(labels.filter((label, index) => labels.indexOf(label) !== index)).toEqual([])
})
