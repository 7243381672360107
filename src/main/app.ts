import { join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { app, Menu, nativeTheme, protocol, session, type BrowserWindow } from 'electron'
import { channels } from '../contract/channels'
import type { ModelInfo } from '../contract/contract'
import { failureOf } from '../contract/failure'
import { bundledModels } from '../files/bundled-models'
import { keptText } from '../files/kept-text'
import { RecentFiles } from '../files/recent-files'
import { looksLikeLink } from '../session/permalink'
import { parseSession } from '../session/session-text'
import { appScheme } from './app-scheme'
import { askedBy, type Asked } from './asked'
import { startEngine } from './engine'
import { Gate, isFlag, isNothing, isText } from './gate'
import type { HandedOver } from './handed-over'
import { hardenSession, watchDownloads } from './harden'
import { log } from './log'
import { menuTemplate } from './menu'
import { pickModel } from './model-dialog'
import { builtPage, developmentPage, schemePage, type Page } from './page'
import { pickSessionFile, pickSessionPlace } from './session-dialog'
import { isSessionFile, readSessionFile, saveSession } from './session-file'
import { servePage } from './serve-page'
import { StageWindow } from './stage-window'
import { startModel } from './start-model'
import { appTraining, askBeforeClosing } from './training'
import { openWindow } from './window'
import { serveWindow } from './window-port'

/** Puts the app together, once Electron is ready: the engine, the one window, and what passes between them. */
export function startApp(handedOver: HandedOver): void {
  const sessionPath = userFile('session.json')
  const sessionFile = keptText(sessionPath)
  const recent = new RecentFiles(keptText(userFile('recent-files.json')))
  const page = appPage()
  let window: BrowserWindow | null = null
  /** Said while there was no page to say it in. */
  let unsaid: string[] | null = []
  /** Asked for while there was no page to open it in. */
  let unopened: Asked[] | null = []

  const notice = (sentence: string) => {
    log(sentence)
    if (unsaid) unsaid.push(sentence)
    else window?.webContents.send(channels.notice, sentence)
  }
  const command = (id: string) => window?.webContents.send(channels.command, id)
  const showMenu = () => {
    const openSession = (path?: string) => void openSessionFile(path ?? null)
    const actions = { recent: recent.paths, send: command, openSession, packaged: app.isPackaged }
    Menu.setApplicationMenu(Menu.buildFromTemplate(menuTemplate(actions)))
  }
  const remember = (path: string) => {
    recent.add(path)
    // The system's own list; Linux has none.
    if (process.platform !== 'linux') app.addRecentDocument(path)
    showMenu()
  }
  const opened = ({ path }: ModelInfo) => {
    if (path !== null) remember(path)
  }
  const openSessionFile = async (asked: string | null) => {
    if (!window) return
    const path = asked ?? (await pickSessionFile(window))
    if (path === null) return
    try {
      window.webContents.send(channels.opened, readSessionFile(path))
      remember(path)
    } catch (error) {
      notice(failureOf(error).message)
    }
  }
  /** A link goes to the window as it is, a session file as what it holds. */
  const openText = (text: string) => {
    if (looksLikeLink(text)) window?.webContents.send(channels.opened, { name: 'The link', text })
    else void openSessionFile(text)
  }
  const openAsked = (asked: Asked) => {
    if (asked.model !== null) command(`open-path:${asked.model}`)
    if (asked.text !== null) openText(asked.text)
  }
  const { model: namedModel, text } = askedBy(process.argv.slice(1), process.cwd())
  const firstModel = namedModel ?? process.env['CARRYSCOPE_MODEL']
  unopened.push({ model: null, text })

  const saved = parseSession(sessionFile.read())
  nativeTheme.themeSource = saved?.view.theme ?? 'system'
  const model = startModel(firstModel ? resolve(firstModel) : null, saved?.modelPath ?? null, modelsFolder())
  const known = () => ({
    recent: recent.paths.filter((path) => !isSessionFile(path)),
    bundled: bundledModels(modelsFolder()),
  })
  const training = appTraining({
    list: userFile('runs.json'),
    documents: app.getPath('home'),
    models: modelsFolder(),
  })
  const engine = startEngine(model, keptText(userFile('providers.json')), known, userFile('evaluations'), training, {
    notice,
    opened,
  })

  hardenSession(session.defaultSession, page)
  watchDownloads(session.defaultSession, notice)
  showMenu()

  const stage = new StageWindow(
    page,
    ({ webContents }) => {
      const gate = new Gate(webContents, page)
      serveWindow(webContents, gate, engine.handlers)
      gate.answer(channels.loadSession, isNothing, () => sessionFile.read())
    },
    notice,
  )

  const open = () => {
    const opening = openWindow(page, keptText(userFile('window.json')))
    const gate = new Gate(opening.webContents, page)
    askBeforeClosing(opening, training)
    serveWindow(opening.webContents, gate, engine.handlers)
    gate.answer(channels.pickModel, isNothing, () => pickModel(opening))
    gate.answer(channels.loadSession, isNothing, () => sessionFile.read())
    gate.answer(channels.saveSession, isText, (json) => {
      nativeTheme.themeSource = parseSession(json)?.view.theme ?? 'system'
      return saveSession(sessionPath, json)
    })
    gate.hear(channels.hello, () => {
      for (const sentence of unsaid ?? []) opening.webContents.send(channels.notice, sentence)
      unsaid = null
      for (const asked of unopened ?? []) openAsked(asked)
      unopened = null
    })
    gate.answer(channels.openStage, isFlag, (anyway) => stage.open(opening, anyway))
    gate.answer(channels.closeStage, isNothing, () => stage.close())
    gate.answer(channels.pickSession, isNothing, () => openSessionFile(null))
    gate.answer(channels.saveSessionAs, isText, async (json) => {
      const path = await pickSessionPlace(opening)
      if (path === null) return false
      const refusal = saveSession(path, json)
      if (refusal === null) remember(path)
      return refusal ?? true
    })
    opening.on('closed', () => {
      stage.close()
      window = null
      unsaid = []
      unopened = []
    })
    window = opening
  }

  open()
  app.on('activate', () => {
    if (!window) open()
  })
  handedOver.hear((asked) => {
    if (!window) open()
    if (window?.isMinimized()) window.restore()
    window?.focus()
    if (unopened) unopened.push(asked)
    else openAsked(asked)
  })
  app.on('window-all-closed', () => {
    if (process.platform === 'darwin') return
    // A training that was left to go on ends the app when it is done, unless a window was opened again.
    void training.settled().then(() => {
      if (!window) app.quit()
    })
  })
  app.on('quit', () => {
    engine.close()
    training.close()
  })
}

function userFile(name: string): string {
  return join(app.getPath('userData'), name)
}

/** The built page, or the development server's where electron-vite has started one. */
function appPage(): Page {
  const server = app.isPackaged ? undefined : process.env['ELECTRON_RENDERER_URL']
  if (server) return developmentPage(server)
  const folder = join(import.meta.dirname, '../renderer')
  protocol.handle(appScheme.scheme, (request) => servePage(folder, request))
  // Electron always can. Programs that run the app in its place, to test it where there is no Electron, cannot: their page is a file,
  // which in Electron a fuse keeps from working.
  if (protocol.isProtocolHandled(appScheme.scheme)) return schemePage()
  return builtPage(pathToFileURL(join(folder, 'index.html')).href, folder)
}

function modelsFolder(): string {
  return join(app.isPackaged ? process.resourcesPath : app.getAppPath(), 'models')
}
