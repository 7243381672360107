import type { PageMessage, ServerMessage } from './served-message'

type Question = Extract<PageMessage, { to: 'session' }>
type Answer = Extract<ServerMessage, { from: 'session' }>

interface Waiting {
  readonly resolve: (json: string | null) => void
  readonly reject: (error: Error) => void
}

/** What a served page asks about its session, to have it or to have it saved, each with the answer that it waits for. */
export class SessionQuestions {
  readonly #waiting = new Map<number, Waiting>()
  #nextId = 0

  constructor(private readonly send: (question: Question) => void) {}

  /** The session that is kept, or null; `save` is kept instead, where it is not null. Rejects with the server's sentence. */
  ask(save: string | null): Promise<string | null> {
    return new Promise((resolve, reject) => {
      const id = this.#nextId++
      this.#waiting.set(id, { resolve, reject })
      this.send({ to: 'session', id, save })
    })
  }

  answer(message: Answer): void {
    const question = this.#waiting.get(message.id)
    this.#waiting.delete(message.id)
    if ('problem' in message) question?.reject(new Error(message.problem))
    else question?.resolve(message.json)
  }

  rejectAll(reason: string): void {
    for (const { reject } of this.#waiting.values()) reject(new Error(reason))
    this.#waiting.clear()
  }
}
