import { checkDeck, type CheckedExpectation } from '../deck/check-deck'
import { missingSentence } from '../deck/missing'
import { readDeck } from '../deck/deck-text'
import { createEngine } from '../engine/handlers'
import { Inquiry, type Ask } from '../tour/inquiry'
import type { AddCommand } from './command'
import { deckJson, deckText } from './deck-report'
import { jsonOption, writeJson } from './json-output'
import { modelOption, modelPath } from './model-option'
import { progressLine } from './progress-line'
import { readText } from './read-text'

interface Options {
  readonly model?: string
  readonly json?: string
}

/** `carryscope deck FILE`: the states of a deck, and whether what each expects holds on a model. */
export const addDeck: AddCommand = (program, { terminal, installation }) => {
  program
    .command('deck')
    .description('checks what the states of a deck expect, and says what it lacks')
    .argument('<file>', 'a deck, as the window saves it')
    .option(...modelOption)
    .option(...jsonOption)
    .action(async (file: string, options: Options) => {
      const deck = readDeck(readText(file, 'deck'), `"${file}"`)
      const { signal } = new AbortController()
      const { show, clear } = progressLine(terminal)
      const engine = createEngine()
      const path = modelPath(options.model, installation)
      const model = await engine.openModel({ source: { path } }, { signal, progress: show })
      const ask = ((id, params) => engine.analyze({ id, params }, { signal, progress: show })) as Ask
      const checked: readonly (readonly CheckedExpectation[])[] = await checkDeck(
        deck,
        new Inquiry(model.config, ask),
      ).finally(clear)
      if (options.json === undefined) terminal.out(deckText(deck, checked, model))
      else await writeJson(deckJson(deck, checked, model), options.json, terminal)
      const missing = missingSentence(deck, model)
      if (missing !== null) terminal.err(`${missing}\n`)
    })
}
