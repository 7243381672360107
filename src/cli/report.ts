import { availableParallelism } from 'node:os'
import { figures } from '../charts/registry'
import { forkEngine } from '../engine/fork'
import { poolSize } from '../host/pool-size'
import { superviseEngine } from '../host/supervisor'
import type { AddCommand } from './command'
import { layoutAsked, layoutOption, modelOption, modelPath } from './model-option'
import { newFolder } from '../files/new-folder'
import { progressLine } from './progress-line'

/** `carryscope report`: every figure with its numbers, in one page. */
export const addReport: AddCommand = (program, { terminal, installation }) => {
  program
    .command('report')
    .description('writes every figure with its definition and numbers: report.html, each figure as SVG, and the data')
    .requiredOption('--out <folder>', 'a folder that is not there yet')
    .option(...modelOption)
    .option(...layoutOption)
    .action(async ({ out, model, layout }: { out: string; model?: string; layout?: string }) => {
      const folder = newFolder(out)
      const source = { path: modelPath(model, installation) }
      const tell = (sentence: string) => {
        terminal.err(`${sentence}\n`)
      }
      const spawn = () => forkEngine(installation.engineEntry, { role: 'pool' })
      const engine = superviseEngine(spawn, tell, poolSize(availableParallelism()))
      const { show, clear } = progressLine(terminal)
      try {
        // Loaded when wanted: other commands need not wait for a chart library.
        const [{ makeReport }, { reportFiles }] = await Promise.all([
          import('../report/report'),
          import('../report/report-files'),
        ])
        const info = await engine.handlers.openModel({ source, ...layoutAsked(layout) }, unwatched())
        info.notices.forEach(tell)
        const report = await makeReport(figures, info, {
          ask: (id, params) => engine.handlers.analyze({ id, params }, unwatched()),
          progress: (done, total) => {
            show({ done, total })
          },
          giveWay: async () => {},
        })
        folder.write(reportFiles(report))
        clear()
        terminal.out(`Wrote ${report.sections.length} figures of "${info.name}" to ${out}/report.html.\n`)
      } finally {
        clear()
        engine.close()
      }
    })
}

function unwatched() {
  return { signal: new AbortController().signal, progress: () => {} }
}
