import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Download, Page } from '@playwright/test'
import { expect, test } from '../support/carryscope'
import { root } from '../support/installed'
import { typeSum } from '../support/sum-bar'

// Only a browser hands a download to the test, and lets it read the clipboard.

const panels = [
  { name: 'Predictions', file: 'predictions-2968+1606-H0.2-result-mean', tensor: 'probs' },
  { name: 'Loss difference', file: 'head-ablation', tensor: 'lossDiffPerDigit' },
] as const

for (const { name, file, tensor } of panels)
  test(`${name} leaves in every form, and all forms say the same as the command line`, async ({
    carryscope,
    checkpoint,
    complaints,
  }) => {
    const { page } = carryscope
    await page.context().grantPermissions(['clipboard-read', 'clipboard-write'])
    await carryscope.openModel(checkpoint)
    await typeSum(page, '2968', '1606')
    await page.getByRole('switch', { name: 'H0.2 Out' }).click()
    const panel = page.getByRole('region', { name, exact: true })
    await expect(panel.getByRole('img')).toBeVisible()
    await expect(page.locator('.dim, .stale')).toHaveCount(0, { timeout: 60_000 })
    const { width, height } = (await panel.getByRole('img').boundingBox())!

    const choose = async (item: string) => {
      await panel.getByRole('button', { name: `${name}: more` }).click()
      await page.getByRole('menuitem', { name: item }).click()
    }
    const save = async (item: string): Promise<Buffer> => {
      const download = page.waitForEvent('download')
      await choose(item)
      return contentOf(await download, file)
    }
    // What is said of the copy before stays until this one is done.
    const copy = async (what: string): Promise<string> => {
      await choose(`Copy ${what}`)
      await expect(panel.getByText(new RegExp(`^✓ Copied (the )?${what}\\.$`))).toBeVisible()
      return page.evaluate(() => navigator.clipboard.readText())
    }

    const svg = String(await save('Save as SVG'))
    expect(svg).toMatch(/font-family[:=]"?Inter, /)
    expect(await copy('as SVG')).toBe(svg)

    const png = await save('Save as PNG')
    expect(png.subarray(1, 4).toString()).toBe('PNG')
    expect([png.readUInt32BE(16), png.readUInt32BE(20)]).toEqual([2 * width, 2 * height])
    await choose('Copy as PNG')
    await expect(panel.getByText('Copied as PNG.')).toBeVisible()
    expect(await sizeOfCopiedPng(page)).toEqual([2 * width, 2 * height])

    const json = JSON.parse(String(await save('Save as JSON'))) as Answer
    expect(JSON.parse(await copy('as JSON'))).toEqual(json)
    const command = await copy('command')
    expect(json).toEqual(answerOf(command))

    const csv = String(await save('Save as CSV'))
    expect(await copy('as CSV')).toBe(csv)
    const [header, ...rows] = csv
      .trimEnd()
      .split('\r\n')
      .map((line) => line.split(','))
    const { data, unit } = json.result[tensor]!
    const asked = (title: string) => /^(.*intervened|C\d.*) \[/.test(title) && title.endsWith(`[${unit}]`)
    const columns = header!.flatMap((title, column) => (asked(title) ? [column] : []))
    expect(columns).toHaveLength(4)
    const numbers = columns.flatMap((column) => rows.map((row) => Number(row[column])))
    const wanted = columns.flatMap((_, digit) =>
      rows.map((_row, row) => data[tensor === 'probs' ? digit * rows.length + row : row * columns.length + digit]!),
    )
    expect(numbers).toHaveLength(wanted.length)
    // Explore's live run and the analysis go through different graphs, which float32 tells apart.
    numbers.forEach((number, index) => expect(Math.abs(number - wanted[index]!)).toBeLessThan(1e-6))

    const code = await copy('TransformerLens code')
    expect(code).toContain(`torch.load("${checkpoint}"`)
    expect(complaints).toEqual([])
    // Parsed where no policy forbids the styles in it.
    expect(await sizeOfSvg(await page.context().browser()!.newPage(), svg)).toEqual({ width, height, fault: null })
  })

interface Answer {
  readonly result: Readonly<Record<string, { readonly data: readonly number[]; readonly unit: string }>>
}

async function contentOf(download: Download, file: string): Promise<Buffer> {
  expect(['svg', 'png', 'csv', 'json'].map((ending) => `${file}.${ending}`)).toContain(download.suggestedFilename())
  return readFileSync(await download.path())
}

/** What the command that was copied says; it is run as a shell would run it. */
function answerOf(command: string): Answer {
  const line = command.replace('npm run -s cli --', `"${process.execPath}" "${join(root, 'out/main/cli.js')}"`)
  const { stdout, stderr } = spawnSync('sh', ['-c', `${line} --json -`], { encoding: 'utf8', maxBuffer: 2 ** 28 })
  expect(stderr).toBe('')
  return JSON.parse(stdout) as Answer
}

function sizeOfSvg(page: Page, svg: string) {
  return page.evaluate((text) => {
    const parsed = new DOMParser().parseFromString(text, 'image/svg+xml')
    const size = (name: string) => Number(parsed.documentElement.getAttribute(name))
    const fault = parsed.querySelector('parsererror')?.textContent ?? null
    return { width: size('width'), height: size('height'), fault }
  }, svg)
}

function sizeOfCopiedPng(page: Page) {
  return page.evaluate(async () => {
    const [item] = await navigator.clipboard.read()
    const { width, height } = await createImageBitmap(await item!.getType('image/png'))
    return [width, height]
  })
}
