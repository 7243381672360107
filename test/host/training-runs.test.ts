import { afterEach, expect, test } from 'vitest'
import type { EngineProcess } from '../../src/contract/engine-process'
import type { TrainerAnswer, TrainerRequest } from '../../src/contract/trainer'
import type { RunProgress } from '../../src/contract/training'
import { TrainingRuns } from '../../src/host/training-runs'
import { channelPorts } from '../support/channel-ports'
import { unwatched } from '../../src/contract/unwatched'
import { until } from '../support/patience'

interface FakeTrainer {
  readonly heard: TrainerRequest[]
  readonly say: (answer: TrainerAnswer) => void
  readonly die: () => void
}

let runs: TrainingRuns | undefined
afterEach(() => {
  runs?.close()
})

/** Trainers that live in this process and say what a test has them say. */
function hosted() {
  const started: FakeTrainer[] = []
  const begun: string[] = []
  const spawn = (): EngineProcess => {
    const { near, far, cut } = channelPorts()
    const heard: TrainerRequest[] = []
    far.on((message) => {
      heard.push(message as TrainerRequest)
    })
    const say = (answer: TrainerAnswer) => {
      far.post(answer)
    }
    started.push({ heard, say, die: cut })
    return { port: near, pid: 1, kill: cut }
  }
  const list = { paths: begun, add: (path: string) => begun.push(path) }
  runs = new TrainingRuns({ spawn, begun: list, bundled: () => ['/models/sum'], place: () => '/runs/run-2' })
  const call = (action: 'look' | 'watch' | 'resume' | 'pause' | 'stop') =>
    runs!.call({ path: '/runs/run-1', action }, unwatched)
  return { runs, started, call }
}

const step = (at: number, checkpoint = at): TrainerAnswer => {
  return { kind: 'step', path: '/runs/run-1', step: at, steps: 100, checkpoint }
}

async function begun() {
  const all = hosted()
  const starting = all.runs.start({ folder: '~/runs/run-1', choices: { preset: 'bundled' } })
  all.started[0]!.say(step(0))
  await starting
  return all
}

test('a run is known by its folder from its first step on, and watched until it is finished', async () => {
  const { runs, started } = await begun()
  await until(() => {
    expect(started[0]!.heard).toEqual([{ kind: 'begin', folder: '~/runs/run-1', choices: { preset: 'bundled' } }])
  })
  expect(runs.known()).toMatchObject({
    begun: [{ path: '/runs/run-1', state: 'running' }],
    paths: ['/runs/run-1', '/models/sum'],
    place: '/runs/run-2',
  })
  const seen: RunProgress[] = []
  const progress = ({ run }: { readonly run?: RunProgress }) => run && seen.push(run)
  const watching = runs.call({ path: '/runs/run-1', action: 'watch' }, { ...unwatched, progress })
  started[0]!.say(step(40, 20))
  started[0]!.say({ kind: 'ended', finished: true })
  expect(await watching).toMatchObject({ state: 'finished', step: 40, sentence: null })
  expect(seen.map(({ step: at, checkpoint }) => [at, checkpoint])).toContainEqual([40, 20])
  expect(runs.running).toEqual([])
})

test('a pause ends the process at a step, and a resumed run has another one', async () => {
  const { started, call } = await begun()
  const pausing = call('pause')
  await until(() => {
    expect(started[0]!.heard.at(-1)).toEqual({ kind: 'stop', keeps: false })
  })
  started[0]!.say(step(50, 40))
  started[0]!.say({ kind: 'ended', finished: false })
  expect(await pausing).toMatchObject({ state: 'paused', step: 40 })
  const resuming = call('resume')
  await until(() => {
    expect(started[1]?.heard).toEqual([{ kind: 'resume', folder: '/runs/run-1' }])
  })
  started[1]!.say(step(41, 40))
  expect(await resuming).toMatchObject({ state: 'running', step: 41 })
})

test('a process that dies is started again from its last checkpoint, and given up where it gets nowhere', async () => {
  const { started, call } = await begun()
  const watching = call('watch')
  for (const at of [1, 2]) {
    started[at - 1]!.die()
    await until(() => {
      expect(started[at]?.heard).toEqual([{ kind: 'resume', folder: '/runs/run-1' }])
    })
  }
  started[2]!.die()
  const { state, sentence } = await watching
  expect(state).toBe('failed')
  expect(sentence).toMatch(/^The training stopped 3 times in a row .* resume it to go on\.$/)
})

test('why a run cannot begin or go on is told in its own sentence', async () => {
  const { runs, started } = hosted()
  const starting = runs.start({ folder: '/full', choices: { preset: 'bundled' } })
  started[0]!.say({ kind: 'failure', message: 'The folder "/full" cannot be made.' })
  await expect(starting).rejects.toThrow('The folder "/full" cannot be made.')
  expect(runs.known().begun).toEqual([])
})

test('a disk that fills up under way leaves the run at its last checkpoint, with the sentence', async () => {
  const { started, call } = await begun()
  const watching = call('watch')
  started[0]!.say(step(30, 20))
  started[0]!.say({ kind: 'failure', message: 'The disk is full.' })
  expect(await watching).toMatchObject({ state: 'failed', step: 20, sentence: 'The disk is full.' })
})

test('a run whose first step is waited for is ended too where all are closed', async () => {
  const { runs, started } = hosted()
  const starting = runs.start({ folder: '~/runs/run-1', choices: { preset: 'bundled' } })
  runs.close()
  await expect(starting).rejects.toThrow('The training was stopped before it began; start it again.')
  await runs.settled()
  expect(started).toHaveLength(1)
  await expect(runs.start({ folder: '~/runs/run-1', choices: { preset: 'bundled' } })).rejects.toThrow('being closed')
})
