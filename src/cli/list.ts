import { analyses } from '../analyses/registry'
import type { AddCommand } from './command'

/** `carryscope list`: what can be analysed. */
export const addList: AddCommand = (program, { terminal }) => {
  program
    .command('list')
    .description('lists the analyses and the question that each answers')
    .action(() => {
      const width = Math.max(...analyses.map(({ id }) => id.length))
      for (const { id, question } of analyses) terminal.out(`${id.padEnd(width)}  ${question}\n`)
    })
}
