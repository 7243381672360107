import { availableParallelism } from 'node:os'
import type { AnalysisParams } from '../analyses/registry'
import { figures } from '../charts/registry'
import { stepsFigures } from '../charts/training/steps-figures'
import { parseSum } from '../core/sum-text'
import { checkpointsIn } from '../engine/checkpoints'
import { forkEngine } from '../engine/fork'
import { poolSize } from '../host/pool-size'
import { superviseEngine } from '../host/supervisor'
import type { AddCommand } from './command'
import { readReportedSums } from './evaluation-option'
import { layoutAsked, layoutOption, modelOption, modelPath } from './model-option'
import { newFolder } from '../files/new-folder'
import { parseIntervention } from '../model/intervention-text'
import { progressLine } from './progress-line'
import { unwatched } from '../contract/unwatched'
import { collect } from './option-values'

interface ReportOptions {
  readonly out: string
  readonly model?: string
  readonly layout?: string
  readonly checkpoints?: true
  readonly sum?: string
  readonly ablate: readonly string[]
  readonly evaluation: readonly string[]
}

/** `carryscope report`: every figure with its numbers, in one page. */
export const addReport: AddCommand = (program, { terminal, installation }) => {
  program
    .command('report')
    .description('writes every figure with its definition and numbers: report.html, each figure as SVG, and the data')
    .requiredOption('--out <folder>', 'a folder that is not there yet')
    .option(...modelOption)
    .option(...layoutOption)
    .option('--checkpoints', 'with figures over all checkpoints of the training that the model is of')
    .option('--sum <sum>', 'the sum of the figures about one, in place of two examples: 2968+1606')
    .option(
      '--ablate <intervention>',
      'H0.2:result:mean, …, in all figures that can show it; may be repeated',
      collect,
      [],
    )
    .option(
      '--evaluation <file>',
      'what "evaluate --exhaustive --json" wrote, for the figures of every sum; may be repeated, for interventions',
      collect,
      [],
    )
    .action(async ({ out, model, layout, checkpoints, sum, ablate, evaluation }: ReportOptions) => {
      const folder = newFolder(out)
      const source = { path: modelPath(model, installation) }
      if (checkpoints) await checkpointsIn(source.path)
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
        const info = await engine.handlers.openModel({ source, ...layoutAsked(layout) }, unwatched)
        info.notices.forEach(tell)
        const subject = {
          ...(sum !== undefined && { sum: parseSum(sum, info.config.layout) }),
          interventions: ablate.map((text) => parseIntervention(text, info.config)),
          everySum: evaluation.map((file) => readReportedSums(file, info)),
        }
        const training = { path: source.path, layout: info.config.layout }
        const ask = async (id: string, params: AnalysisParams, overSteps: boolean) => {
          if (!overSteps) return engine.handlers.analyze({ id, params }, unwatched)
          return (await engine.handlers.analyzeCheckpoints({ ...training, id, params }, unwatched)).result
        }
        const work = {
          ask,
          progress: (done: number, total: number) => {
            show({ done, total })
          },
          giveWay: async () => {},
        }
        const report = await makeReport(checkpoints ? [...figures, ...stepsFigures] : figures, info, work, subject)
        folder.write(reportFiles(report))
        clear()
        const count = report.sections.length + report.everySumSections.length
        terminal.out(`Wrote ${count} figures of "${info.name}" to ${out}/report.html.\n`)
      } finally {
        clear()
        engine.close()
      }
    })
}
