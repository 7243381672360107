import type { TextStore } from '../core/text-store'
import { BadInput } from '../core/bad-input'
import type { KnownModels, ModelInfo } from '../contract/contract'
import type { ProvidersReport, ProviderUse } from '../contract/providers-report'
import { EngineFailure } from '../contract/failure'
import type { EngineProcess } from '../contract/engine-process'
import { automatic, TrialStore } from './trial-store'
import { chooseProviders, cpu, providersToTry, succeeded } from '../contract/provider-choice'
import { tryProviders } from './provider-trials'
import type { Trial } from '../contract/trial'
import type { CallContext, Handlers } from '../contract/rpc-server'
import { unwatched } from '../contract/unwatched'
import { superviseEngine, type Supervisor } from './supervisor'
import type { EngineRole } from '../contract/engine-process'
import { ExhaustiveJobs, type ExhaustiveHost } from './exhaustive-jobs'
import { asOpened } from './restarting-engine'
import type { TrainingRuns } from './training-runs'

/** The machine that an engine is hosted on, as far as it matters here. */
export interface EngineHost {
  readonly spawn: (role: EngineRole) => EngineProcess
  /** Starts a process that tries one execution provider (`isolatedTrial`). */
  readonly spawnTrial: () => EngineProcess
  /** Says a sentence to the person. */
  readonly tell: (sentence: string) => void
  readonly poolSize: number
  /** Where trials and the setting outlive the app. */
  readonly kept: TextStore
  /** Models that can be chosen without being looked for. */
  readonly known?: () => KnownModels
  /** As in `process.platform`. */
  readonly platform: string
  /** As in `RemedyPlace`. */
  readonly addsCuda: string | null
  /** The provider for this start, whatever the kept setting. */
  readonly provider?: string
  /** How long after the first live result providers that nobody asked about are tried; by then the first sweeps are done. */
  readonly quietMs?: number
  readonly exhaustive: ExhaustiveHost
  /** Shared by all windows, and closed after the last of them. */
  readonly training: TrainingRuns
}

export interface HostedEngine {
  /** Everything that a window is served. */
  readonly handlers: Handlers
  readonly supervisor: Supervisor
  close(): void
}

/**
 * The engine with the execution providers that are best for it here. A model opens on the CPU, so that no start waits; after
 * its first live result the providers are taken that were found best for it before, or else all are tried in the background.
 */
export function hostEngine(host: EngineHost): HostedEngine {
  const { quietMs = 2000 } = host
  const kept = new TrialStore(host.kept)
  let setting = host.provider ?? kept.setting
  let unsettled = false
  let timer: ReturnType<typeof setTimeout> | undefined
  /** The provider of which it was told that it cannot be used. */
  let toldOf: string | undefined
  /** What the trials in use are of. */
  let current: { readonly machine: string; readonly sha256: string } | undefined
  let trying: { readonly sha256: string; readonly trials: Promise<readonly Trial[]> } | undefined

  const supervisor = superviseEngine(host.spawn, host.tell, host.poolSize, (provider) => {
    if (!current) return
    const failed = { provider, failure: 'it failed while it was in use' }
    const { machine, sha256 } = current
    const trials = kept.of(machine, sha256) ?? []
    kept.remember(
      machine,
      sha256,
      trials.map((trial) => (trial.provider === provider ? failed : trial)),
    )
  })
  const { handlers } = supervisor
  const jobs = new ExhaustiveJobs(host.exhaustive)

  /** The trials that are under way for a model, or new ones. */
  const tried = ({ sha256, path }: ModelInfo, { progress }: CallContext) => {
    if (trying?.sha256 !== sha256) {
      const trials = tryProviders(host.spawnTrial, { platform: host.platform, path }, progress)
      trying = { sha256, trials }
      const forget = () => {
        if (trying?.trials === trials) trying = undefined
      }
      trials.then(forget, forget)
    }
    return trying.trials
  }

  /** Takes the providers that suit the open model. */
  const settle = async (context: CallContext, again = false): Promise<ProvidersReport> => {
    clearTimeout(timer)
    unsettled = false
    const { model, machine } = await handlers.status({}, unwatched)
    if (!model) throw new EngineFailure('no-model', 'No model is open: open one to try execution providers with it.')
    const { sha256 } = model
    const known = again ? null : kept.of(machine, sha256)
    const trials = known ?? (await tried(model, context))
    if (!known) kept.remember(machine, sha256, trials)
    current = { machine, sha256 }
    const use = useOf(setting, trials, host.poolSize)
    await supervisor.useProviders(use)
    if (setting !== automatic && use.live !== setting && toldOf !== setting) {
      toldOf = setting
      host.tell(`${reasonNot(setting, trials)} The CPU computes instead.`)
    }
    return {
      trials: kept.of(machine, sha256) ?? trials,
      setting,
      used: supervisor.providers,
      notices: chooseProviders(kept.of(machine, sha256) ?? trials).notices,
      place: { platform: host.platform, addsCuda: host.addsCuda },
    }
  }

  return {
    supervisor,
    handlers: {
      ...handlers,
      knownModels: async () => host.known?.() ?? { recent: [], bundled: [] },
      openModel: async (params, context) => {
        const model = await handlers.openModel(params, context)
        clearTimeout(timer)
        unsettled = true
        jobs.open(asOpened(params, model))
        return model
      },
      explore: async (params, context) => {
        const result = await handlers.explore(params, context)
        if (unsettled) {
          unsettled = false
          // What fails here is asked for again, and told, by whoever looks at the providers.
          timer = setTimeout(() => void settle(unwatched).catch(() => {}), quietMs)
        }
        return result
      },
      providers: async ({ use, again }, context) => {
        if (use !== undefined) {
          setting = checked(use, host.platform)
          kept.setting = setting
        }
        return settle(context, again)
      },
      exhaustive: (params, context) => jobs.call(params, context),
      runs: async () => host.training.known(),
      startRun: (params) => host.training.start(params),
      run: (params, context) => host.training.call(params, context),
    },
    close() {
      jobs.close()
      clearTimeout(timer)
      supervisor.close()
    },
  }
}

/** A provider that a person settled on computes everything, unless its trial failed. */
function useOf(setting: string, trials: readonly Trial[], cpuProcesses: number): ProviderUse {
  if (setting === automatic) {
    const { live, sweep } = chooseProviders(trials, { cpuProcesses })
    return { live, sweep }
  }
  const works = trials.filter(succeeded).some((trial) => trial.provider === setting)
  return works ? { live: setting, sweep: setting } : { live: cpu, sweep: cpu }
}

/** Why a provider that was asked for does not compute, as a sentence. */
function reasonNot(provider: string, trials: readonly Trial[]): string {
  const trial = trials.find((one) => one.provider === provider)
  const why = trial && !succeeded(trial) ? trial.failure : 'it was not tried here'
  return `The execution provider "${provider}" cannot be used: ${why}.`
}

/** Returns a provider's name, or `auto`; throws BadInput for anything else. */
export function checked(name: string, platform: string): string {
  const names = [automatic, ...providersToTry(platform)]
  if (names.includes(name)) return name
  throw new BadInput(`There is no execution provider "${name}" here; choose one of ${names.join(', ')}.`)
}
