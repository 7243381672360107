/** The channels between a window and the main process, by direction and manner. The engine's contract has one of its own. */
export const channels = {
  /** Window to main, first of all: a page was loaded, whatever an earlier page asked for is void. */
  hello: 'hello',
  /** Both ways: the messages of the engine's contract. */
  engine: 'engine',
  /** Main to window: a sentence about the engine. */
  notice: 'notice',
  /** Main to window: the id of a menu command. */
  command: 'command',
  /** Main to window: a session file or a link to open. */
  opened: 'opened',
  /** Asked by the window, answered by main. */
  pickModel: 'pick-model',
  pickSession: 'pick-session',
  /** Opens the Stage of a talk in a window of its own, or closes it. */
  openStage: 'open-stage',
  closeStage: 'close-stage',
  loadSession: 'load-session',
  /** The same; the answer is a sentence where the session could not be saved. */
  saveSessionAs: 'save-session-as',
  saveSession: 'save-session',
} as const
