import { spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { readModelFiles } from '../../engine/read-model-files'
import { openModelBytes } from '../../model/files/open-model'
import type { TaskLayout } from '../../core/task-layout'
import { checked } from '../../host/hosted-engine'
import type { AddCommand } from '../command'
import { parseWholeNumber } from '../../core/written-values'
import { layoutAsked, layoutOption, modelOption, modelPathOrNull } from '../model-option'
import { PageEngines } from './page-engines'
import { servedEngine } from './served-engine'
import { servedTraining } from './served-training'
import { startServer, type PageServer } from './server'
import { sessionPath } from './state-folder'

interface Options {
  readonly port: string
  readonly model?: string
  readonly layout?: string
  readonly provider?: string
  readonly open?: string | boolean
}

/** `carryscope serve`: the window in a browser of this machine, or at the near end of an SSH tunnel. */
export const addServe: AddCommand = (program, { terminal, installation }) => {
  program
    .command('serve')
    .description('shows the window in a browser of this machine; the address holds a token and is printed')
    .option('--port <number>', 'the port on 127.0.0.1 (default: any free one)', '0')
    .option(...modelOption)
    .option(...layoutOption)
    .option('--provider <name>', 'the execution provider: auto, cpu, webgpu, cuda, … (default: as last chosen there)')
    .option('--open <link>', 'begin with the state that a link stands for')
    .option('--no-open', 'do not open the browser')
    .action(async ({ port: portText, model, layout: words, provider, open }: Options) => {
      const port = parseWholeNumber(portText, 'The port', 0, 65535)
      if (provider !== undefined) checked(provider, process.platform)
      const path = modelPathOrNull(model, installation)
      const { layout } = layoutAsked(words)
      const training = servedTraining(installation)
      const engines = new PageEngines((tellPage, fresh) => {
        const tell = (sentence: string) => {
          terminal.err(`${sentence}\n`)
          tellPage(sentence)
        }
        return servedEngine({ installation, path, layout, provider, training }, tell, fresh)
      })
      let server: PageServer | undefined
      try {
        const { opening } = engines.prepare()
        // While the engine starts, what is no model is refused here; the page loads while it is opened there.
        opening.catch(() => {})
        if (path !== null) await checkModel(path, layout)
        server = await startServer({
          port,
          token: randomBytes(18).toString('base64url'),
          pageFolder: installation.pageFolder,
          sessionPath: sessionPath(),
          engines,
        })
        const address = typeof open === 'string' ? `${server.url}#${open}` : server.url
        terminal.out(`${address}\n`)
        if (open !== false) openBrowser(address)
        await opening
        await interrupted()
        await training.pauseAll()
      } finally {
        server?.close()
        engines.close()
        training.close()
      }
    })
}

/** Throws BadInput for what is no model of this family. */
async function checkModel(path: string, layout: TaskLayout | undefined): Promise<void> {
  const { name, files } = await readModelFiles(path)
  openModelBytes(name, files, layout)
}

/** Where there is no browser to open, the printed address is enough. */
function openBrowser(url: string): void {
  const opener = { darwin: 'open', win32: 'explorer' }[process.platform as string] ?? 'xdg-open'
  spawn(opener, [url], { stdio: 'ignore', detached: true })
    .on('error', () => {})
    .unref()
}

function interrupted(): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const)
      process.once(signal, () => {
        resolve()
      })
  })
}
