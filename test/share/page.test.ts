import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'
import { analysisNamed } from '../../src/analyses/analysis-named'
import { loadModel } from '../../src/engine/load-model'
import type { ModelInfo } from '../../src/contract/contract'
import { defaultView, newAnalysis, noPins, sessionVersion, type Session } from '../../src/session/session'
import { makePage, readShareable, type Shareable } from '../../src/share/make-page'
import { pagePieces } from '../../src/share/page-html'
import type { DrawnPage } from '../../src/share/shared-page'
import { claims } from '../../src/tour/claims/registry'
import { Inquiry, type Ask } from '../../src/tour/inquiry'
import { takeTour } from '../../src/tour/take-tour'
import { tourJson } from '../../src/tour/tour-json'
import type { Model } from '../../src/model/model'
import { runAnalysis } from '../support/run-analysis'

let model: Model
let info: ModelInfo
const deckFile = resolve(import.meta.dirname, '../../resources/decks/how-the-carry-moves.deck.json')

/** Few sums: what is looked at is the page. */
const ask = ((id, params) => {
  const fewer = 'dataset' in params ? { ...params, dataset: { size: 60, seed: 42 } } : params
  return runAnalysis(analysisNamed(id), model, fewer)
}) as Ask

function session(): Session {
  const analysis = newAnalysis([2, 9, 6, 8, 1, 6, 0, 6])
  const ablated = { site: 'result', layer: 0, head: 2, positions: 'all', mode: 'mean' } as const
  return {
    version: sessionVersion,
    modelPath: '/somewhere/private/model',
    model: { name: info.name, sha256: info.sha256 },
    layout: null,
    analysis: { ...analysis, interventions: [ablated] },
    pins: { ...noPins, a: { name: 'the other <one>', analysis } },
    view: defaultView,
  }
}

async function pageOf(what: Shareable) {
  const done: (readonly [number, number])[] = []
  const work = { progress: (...step: [number, number]) => done.push(step), giveWay: async () => {} }
  const drawn = await makePage(what, info, new Inquiry(info.config, ask), work)
  const html = [...pagePieces(drawn)].join('')
  return { drawn, html, done }
}

/** What stands in an element of JSON of the page. */
function json(html: string, id: string): unknown {
  return JSON.parse(new RegExp(`<script type="application/json" id="${id}">([^<]*)</script>`).exec(html)![1]!)
}

/** The states of the page, the contents first. */
function sectionsOf(html: string): readonly string[] {
  return html.match(/<section [^]*?<\/section>/g) ?? []
}

/** HTML as it is read. */
function wordsOf(html: string): string {
  const plain = html.replaceAll(/<[^>]*>/g, '')
  return plain.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&quot;', '"').replaceAll('&amp;', '&')
}

function all(html: string, pattern: RegExp): readonly string[] {
  return Array.from(html.matchAll(pattern), ([, found]) => found!)
}

beforeAll(async () => {
  const loaded = await loadModel(
    { source: { path: resolve(import.meta.dirname, '../../models/sum-4digit') } },
    { checksAdding: false },
  )
  ;({ model, info } = loaded)
}, 60_000)

const kinds = {
  tour: () => ({ kind: 'tour' }) as const,
  session: () => ({ kind: 'session', session: session() }) as const,
  deck: () => readShareable(readFileSync(deckFile, 'utf8'), 'the deck'),
} satisfies Record<string, () => Shareable>

describe.each(Object.entries(kinds))('the page of a %s', (_, what) => {
  let page: { drawn: DrawnPage; html: string; done: readonly (readonly [number, number])[] }
  beforeAll(async () => {
    page = await pageOf(what())
  }, 120_000)

  test('needs nothing beside itself and asks nobody', () => {
    const { html } = page
    expect(html).not.toMatch(/https?:|\bsrc=|@import|url\((?!#)|<(?:link|img|iframe|object|base|form)\b/)
    for (const address of all(html, /href="([^"]*)"/g)) expect(address).toMatch(/^#/)
    expect(html).toContain(`<meta http-equiv="Content-Security-Policy" content="default-src 'none';`)
  })

  test('has a state for each, each with a heading, reached from the contents', () => {
    const { drawn, html } = page
    const sections = sectionsOf(html)
    expect(sections).toHaveLength(drawn.states.length + 1)
    sections.forEach((section, index) => {
      expect(section).toContain(`<section id="s${index}" aria-labelledby="h${index}">`)
      expect(section).toMatch(new RegExp(`<h[12] id="h${index}" tabindex="-1">`))
    })
    expect(all(sections[0]!, /<a href="#([^"]*)"/g)).toEqual(drawn.states.map((_, index) => `s${index + 1}`))
    expect(wordsOf(/<title>[^<]*/.exec(html)![0])).toBe(`${drawn.title} · Carryscope`)
  })

  test('shows every picture with its name and its numbers, and no id twice', () => {
    const { drawn, html, done } = page
    const pictures = drawn.states.flatMap(({ pictures }) => pictures)
    expect(pictures.length).toBeGreaterThan(5)
    expect(all(html, /(<figure )/g)).toHaveLength(pictures.length)
    expect(html).not.toMatch(/<svg (?!role="img" aria-label="[^"])/)
    expect(html).not.toMatch(/>(?:NaN|undefined|Infinity)</)
    const ids = all(html, /<[a-z][^>]* id="([^"]*)"/gi)
    expect(new Set(ids).size).toBe(ids.length)
    expect(done.at(-1)).toEqual([pictures.length, pictures.length])
  })

  test('holds the answers that its pictures were drawn from, each once', () => {
    const answers = json(page.html, 'answers') as { analysis: string; params: object; result: object }[]
    const keys = answers.map(({ analysis, params }) => JSON.stringify([analysis, params]))
    expect(new Set(keys).size).toBe(keys.length)
    for (const { figure } of page.drawn.states.flatMap(({ pictures }) => pictures))
      expect(answers.some(({ analysis }) => analysis === figure.analysis)).toBe(true)
  })
})

test('the tour’s page tells the numbers of the tour', async () => {
  const { html } = await pageOf(kinds.tour())
  const checks = await takeTour(claims, new Inquiry(info.config, ask))
  expect(json(html, 'tour')).toEqual(JSON.parse(JSON.stringify(tourJson(checks, info))))
  const sections = sectionsOf(html).slice(1).map(wordsOf)
  checks.forEach((checked, index) => {
    expect(sections[index]).toContain(checked.claim.statement)
    expect(sections[index]).toContain(checked.verdict)
    if ('measured' in checked) expect(sections[index]).toContain(checked.measured.found)
  })
}, 120_000)

test('a session’s page shows the present beside what is pinned, and keeps where the model lies to itself', async () => {
  const { html } = await pageOf(kinds.session())
  expect(html).not.toContain('/somewhere/private')
  const [, first] = sectionsOf(html).map(wordsOf)
  expect(first).toContain('2968 + 1606 = 4574, with 1 intervention')
  expect(wordsOf(html)).toContain('A, the other <one>')
  expect(all(html, /<h3>[^<]*<span>([^<]*)/g)).toContain('H0.2:result:mean')
}, 120_000)

test('a deck’s page tells what was expected and found, and leaves the speaker’s notes out', async () => {
  const what = kinds.deck()
  if (what.kind !== 'deck') throw new Error('It was read as a session.')
  const { html } = await pageOf(what)
  expect(wordsOf(html)).toMatch(/[✓✕] Expected.+; found /)
  const notes = what.deck.states.map(({ notes: words }) => words).filter((words) => words.length > 40)
  expect(notes.length).toBeGreaterThan(0)
  for (const words of notes) expect(html).not.toContain(words.slice(0, 40))
}, 120_000)

test('a file that is neither session nor deck is refused in a sentence', () => {
  expect(() => readShareable('{"a": 1}', '"x.json"')).toThrow('"x.json" is not a session: it has no version number')
  expect(() => readShareable('{"version": 1, "states": [1]}', '"x.json"')).toThrow('"x.json" is not a deck')
})
