import { existsSync } from 'node:fs'
import { BadInput } from '../core/bad-input'
import type { TaskLayout } from '../core/task-layout'
import { createEngine } from '../engine/handlers'
import { systemReason } from '../files/system-reason'
import { checkWritable, writeWhole } from '../files/whole-file'
import type { Shareable } from '../share/make-page'
import { Inquiry, type Ask } from '../tour/inquiry'
import type { AddCommand } from './command'
import { evaluationOption, readEvaluation } from './evaluation-option'
import { layoutAsked, layoutOption, modelOption, modelPath } from './model-option'
import { progressLine } from './progress-line'
import { readText } from './read-text'

interface ShareOptions {
  readonly out: string
  readonly model?: string
  readonly layout?: string
  readonly evaluation?: string
}

/** `carryscope share <what>`: a tour, a session or a deck as one page for people who have no Carryscope. */
export const addShare: AddCommand = (program, { terminal, installation }) => {
  program
    .command('share')
    .description(
      'writes the tour, a session or a deck as one HTML file that steps through its states, with pictures and numbers',
    )
    .argument('<what>', '"tour", or the file of a session or of a deck')
    .requiredOption('--out <file>', 'the HTML file', writable)
    .option(...modelOption)
    .option(...layoutOption)
    .option(...evaluationOption)
    .action(async (what: string, { out, model, layout, evaluation }: ShareOptions) => {
      // Loaded when wanted: other commands need not wait for a chart library.
      const [{ makePage, readShareable }, { pagePieces }] = await Promise.all([
        import('../share/make-page'),
        import('../share/page-html'),
      ])
      const shared: Shareable =
        what === 'tour' ? { kind: 'tour' } : readShareable(readText(what, 'session or deck'), `"${what}"`)
      if (shared.kind !== 'tour' && evaluation !== undefined)
        throw new BadInput('Only the tour has claims about every sum: leave --evaluation out, or share the tour.')
      const made = madeWith(shared)
      const source = { path: modelPath(model ?? made.path, installation) }
      const { signal } = new AbortController()
      const { show, clear } = progressLine(terminal)
      const engine = createEngine()
      const reading = { ...(made.layout && { layout: made.layout }), ...layoutAsked(layout) }
      const info = await engine.openModel({ source, ...reading }, { signal, progress: show })
      const everySum = evaluation === undefined ? null : readEvaluation(evaluation, info.sha256)
      const ask = ((id, params) => engine.analyze({ id, params }, { signal, progress: show })) as Ask
      const work = {
        progress: (done: number, total: number) => {
          show({ done, total })
        },
        giveWay: async () => {},
      }
      const page = await makePage(shared, info, new Inquiry(info.config, ask, everySum), work).finally(clear)
      write(out, [...pagePieces(page)].join(''))
      terminal.out(`Wrote "${page.title}", ${page.states.length} states, to ${out}.\n`)
      for (const notice of info.notices) terminal.err(`${notice}\n`)
    })
}

/** The model that a session was made with, where its file is still there, and how the document says that sums are written. */
function madeWith(shared: Shareable): { readonly path: string | undefined; readonly layout: TaskLayout | null } {
  if (shared.kind === 'tour') return { path: undefined, layout: null }
  if (shared.kind === 'deck') return { path: undefined, layout: shared.deck.needs.model.layout }
  const { modelPath: path, layout } = shared.session
  return { path: path !== null && existsSync(path) ? path : undefined, layout }
}

/** Looked at first, so that nothing is computed for minutes that cannot be written then. */
function writable(file: string): string {
  return attempt(file, () => {
    checkWritable(file)
    return file
  })
}

function write(file: string, content: string): void {
  attempt(file, () => {
    writeWhole(file, content)
  })
}

function attempt<T>(file: string, work: () => T): T {
  try {
    return work()
  } catch (error) {
    throw new BadInput(
      `The page cannot be written to "${file}" (${systemReason(error)}); choose another file with --out.`,
    )
  }
}
