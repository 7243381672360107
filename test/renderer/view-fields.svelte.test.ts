// @vitest-environment jsdom
import { flushSync } from 'svelte'
import { expect, test } from 'vitest'
import { SessionState } from '../../src/renderer/state/session.svelte'
import { defaultView, newAnalysis, noPins, sessionVersion } from '../../src/session/session'

function opened(): SessionState {
  const analysis = newAnalysis([1, 2, 3, 4])
  const model = { name: 'm', sha256: '0'.repeat(64) }
  return new SessionState({
    ...{ version: sessionVersion, modelPath: null, model, layout: null },
    ...{ analysis, pins: noPins, view: defaultView },
  })
}

test('another workspace tells nobody who reads how charts are drawn', () => {
  const session = opened()
  const heard: string[] = []
  const stop = $effect.root(() => {
    $effect(() => {
      heard.push(`stage ${session.view.stage}, ${session.view.palette}`)
    })
    $effect(() => {
      heard.push(session.view.workspace)
    })
  })
  flushSync()
  session.show({ workspace: 'failures' })
  flushSync()
  session.show({ stage: true })
  flushSync()
  stop()
  expect(heard).toEqual(['stage false, standard', 'explore', 'failures', 'stage true, standard'])
})

test('the view is read and saved with all of its fields as they are now', () => {
  const session = opened()
  session.show({ workspace: 'lab', parts: { head: 'H0.1' } })
  const shown = { ...defaultView, workspace: 'lab', parts: { head: 'H0.1' } }
  expect({ ...session.view }).toEqual(shown)
  expect(session.save().view).toEqual(shown)
})
