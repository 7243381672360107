/** The two functions that every transport comes down to: Electron's IPC, a child process, a WebSocket, a MessageChannel. */
export interface Port {
  /** Sends a structured-cloneable message. Never with a transfer list: Electron's ports would lose the buffers. */
  post(message: unknown): void
  /** Registers the one listener for arriving messages. */
  on(listener: (message: unknown) => void): void
  /** Registers a listener for the other end having gone; all pending calls are then rejected. */
  onClose(listener: (reason: string) => void): void
}
