/** A session's JSON or a link, and what it is to be called in a sentence. */
export interface OpenedText {
  readonly name: string
  readonly text: string
}

/** Where the Stage of a talk is shown. */
export interface StageDisplay {
  /** Which display, 1 is the first; null where the host cannot tell. */
  readonly number: number | null
  /** CSS pixels. */
  readonly width: number
  readonly height: number
}

/**
 * What a window is given beyond the engine's port: by the preload in Electron, by the page's own socket under `serve`.
 * Everything is asked and answered by value.
 */
export interface Bridge {
  /** The engine's contract, as messages; see `rpc`. */
  post(message: unknown): void
  onMessage(listener: (message: unknown) => void): void
  /** The engine died and was started again (with a sentence saying so), or the connection was lost. */
  onNotice(listener: (sentence: string) => void): void
  /** The connection was lost and is there again, perhaps to another engine; never where window and host end together. */
  onReconnected?(listener: () => void): void
  /** Asks for a model file; null when the dialog was left. */
  pickModel(): Promise<string | null>
  /** Asks for a session file; what was chosen comes by `onOpened`. Does nothing where the host has no dialog. */
  pickSession(): Promise<void>
  /**
   * Asks where to save a session and saves it there; false when the dialog was left, or where the host has none. Rejects
   * with one sentence where it cannot be written.
   */
  saveSessionAs(json: string): Promise<boolean>
  /** A session file or a link that the host was asked to open. */
  onOpened(listener: (opened: OpenedText) => void): void
  /** The path of a dropped file, or '' where the page cannot know it. */
  pathOf(file: unknown): string
  /** Menu commands, by id (`undo`, `redo`, `open-model`, …). */
  onCommand(listener: (id: string) => void): void
  /**
   * Opens the Stage of a talk in a window of its own, over all of the second display. Without one it does so beside this window if
   * that is wanted `anyway`, else resolves to null: then the Stage has to be shown in this window.
   */
  openStage(anyway: boolean): Promise<StageDisplay | null>
  closeStage(): Promise<void>
  /** The last autosaved session as JSON text, or null. */
  loadSession(): Promise<string | null>
  /**
   * Rejects with one sentence where it cannot be written. What is saved has been sent when the call returns: a page that is left does
   * nothing after that.
   */
  saveSession(json: string): Promise<void>
}

declare global {
  interface Window {
    /** What Electron's preload puts there; absent on a served page. */
    readonly carryscope?: Bridge
  }
}
