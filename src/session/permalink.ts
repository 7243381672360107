import { BadInput } from '../core/bad-input'
import { positionLabels } from '../core/positions'
import { formatTypedSum } from '../core/sum-text'
import type { ModelConfig } from '../model/config'
import { modes, type Mode } from '../model/intervention'
import { formatIntervention, parseIntervention } from '../model/intervention-text'
import { checkAnalysis } from './check-analysis'
import type { LabSection } from './lab'
import { labKeys, labParts, readLab, readLabSection } from './lab-link'
import { analysisStateSchema, newAnalysis, type AnalysisState } from './session'

/**
 * A state of the analysis as one line of text, to be pasted, mailed or put behind the `#` of a served page's address:
 *
 *     carryscope:1?model=sum-4digit@1f2e3d4c5b6a7988&sum=2968+1606&cut=H0.2:result:mean&focus=C1
 *
 * `_` is a digit not typed yet; interventions are written as for `--ablate`. What is not named is as in a new session. Nothing in it
 * needs escaping in an address but what people type freely (the model's name, an unfinished donor).
 */
const scheme = 'carryscope:'
const linkVersion = 1
const hashLength = 16

export interface LinkedModel {
  readonly name: string
  /** SHA-256 of the weights, hex; a link keeps its first 16 digits. */
  readonly sha256: string
}

export interface Link {
  /** Null where the link does not say: then it means any model that it fits. */
  readonly model: LinkedModel | null
  readonly analysis: AnalysisState
  /** The section of the carry lab that it shows; null where it leaves the workspace as it is. */
  readonly lab: LabSection | null
}

export function formatLink(
  { name, sha256 }: LinkedModel,
  analysis: AnalysisState,
  config: ModelConfig,
  lab: LabSection | null = null,
): string {
  const { digits, interventions, replace, focus, dataset, subset, meanOver } = analysis
  const { layout } = config
  const fresh = newAnalysis(digits)
  const labels = positionLabels(layout)
  const parts = [
    `model=${encodeURIComponent(name)}@${sha256.slice(0, hashLength)}`,
    `sum=${formatTypedSum(digits)}`,
    ...interventions.map((intervention) => `cut=${formatIntervention(intervention, config)}`),
  ]
  if (focus !== fresh.focus) parts.push(`focus=C${focus}`)
  if (dataset.size !== fresh.dataset.size) parts.push(`sums=${dataset.size}`)
  if (dataset.seed !== fresh.dataset.seed) parts.push(`seed=${dataset.seed}`)
  if (subset !== fresh.subset) parts.push(`subset=${encodeURIComponent(subset)}`)
  if (meanOver !== fresh.meanOver) parts.push(`means=${meanOver}`)
  if (replace.mode !== fresh.replace.mode) parts.push(`mode=${replace.mode}`)
  if (replace.positions !== 'all') parts.push(`at=${replace.positions.map((position) => labels[position]).join(',')}`)
  if (replace.donor !== '') parts.push(`donor=${encodeURIComponent(replace.donor)}`)
  if (replace.seed !== 0) parts.push(`resample=${replace.seed}`)
  parts.push(...labParts(analysis.lab, config))
  if (lab !== null) parts.push(`lab=${lab}`)
  return `${scheme}${linkVersion}?${parts.join('&')}`
}

/** Whether a text sets out to be a link; reading it tells whether it is one. */
export function looksLikeLink(text: string): boolean {
  return text.trim().startsWith(scheme)
}

/** What stands behind the `#` of an address: some programs escape what is pasted into them, once as a whole. */
export function textOfHash(hash: string): string {
  const text = hash.slice(1)
  return text.startsWith('carryscope%3A') ? decoded(text.replace('%3A', ':')) : text
}

/** Throws BadInput where the text is no link, is of a newer version, or does not fit a model of this shape. */
export function readLink(text: string, config: ModelConfig): Link {
  const [, version, query] = /^carryscope:(\d+)\?(.*)$/s.exec(text.trim()) ?? []
  if (version === undefined || query === undefined)
    throw new BadInput('This is no link: one begins as in "carryscope:1?model=…"; copy the whole text.')
  if (Number(version) > linkVersion)
    throw new BadInput(
      `This link was made by a newer Carryscope (link version ${version}, and this one reads up to ${linkVersion}): ` +
        'open it there, or update this one.',
    )
  const parts = query.split('&').map(readPart)
  const one = (key: string) => parts.find((part) => part.key === key)?.value
  const unknown = parts.find(({ key }) => !keys.includes(key))
  if (unknown)
    throw new BadInput(`This link has a part "${unknown.key}" that means nothing here: copy the whole text again.`)
  const digits = readDigits(one('sum') ?? '')
  const fresh = newAnalysis(digits)
  const labels = positionLabels(config.layout)
  const analysis = analysisStateSchema.safeParse({
    digits,
    interventions: parts.filter(({ key }) => key === 'cut').map(({ value }) => parseIntervention(value, config)),
    replace: {
      mode: readMode(one('mode') ?? fresh.replace.mode),
      positions:
        one('at')
          ?.split(',')
          .map((label) => labels.indexOf(label)) ?? 'all',
      donor: decoded(one('donor') ?? ''),
      seed: Number(one('resample') ?? 0),
    },
    focus: one('focus') === undefined ? fresh.focus : Number(/^C(\d)$/.exec(one('focus')!)?.[1]),
    dataset: { size: Number(one('sums') ?? fresh.dataset.size), seed: Number(one('seed') ?? fresh.dataset.seed) },
    subset: decoded(one('subset') ?? fresh.subset),
    lab: readLab((key) => parts.filter((part) => part.key === key).map(({ value }) => value), config),
    meanOver: one('means') ?? fresh.meanOver,
  })
  if (!analysis.success) {
    const where = analysis.error.issues[0]?.path.join('.') ?? ''
    throw new BadInput(`This link cannot be read at "${where}": copy the whole text again.`)
  }
  checkAnalysis(analysis.data, config)
  return { model: readModel(one('model')), analysis: analysis.data, lab: readLabSection(one('lab')) }
}

/** Whether a link was made with a model of these weights. */
export function isSameModel(linked: LinkedModel, open: LinkedModel): boolean {
  return linked.sha256.slice(0, hashLength) === open.sha256.slice(0, hashLength)
}

const keys = [
  'model',
  'sum',
  'cut',
  'focus',
  'sums',
  'seed',
  'subset',
  'means',
  'mode',
  'at',
  'donor',
  'resample',
  ...labKeys,
]

function readPart(part: string): { readonly key: string; readonly value: string } {
  const at = part.indexOf('=')
  return at < 0 ? { key: part, value: '' } : { key: part.slice(0, at), value: part.slice(at + 1) }
}

/** `29_8+1606` as digits; characters that are none become NaN, which the schema then refuses. */
function readDigits(sum: string): readonly (number | null)[] {
  const [a = '', b = ''] = sum.split('+')
  return Array.from(a + b, (character) => (character === '_' ? null : /\d/.test(character) ? Number(character) : NaN))
}

function readModel(text: string | undefined): LinkedModel | null {
  if (text === undefined) return null
  const [name = '', sha256 = ''] = text.split('@')
  return { name: decoded(name), sha256 }
}

function readMode(text: string): Mode {
  const mode = modes.find((known) => known === text)
  if (mode) return mode
  throw new BadInput(
    `This link names the mode "${text}", and there are ${modes.join(', ')}: copy the whole text again.`,
  )
}

/** A malformed escape stays as it is written. */
function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
