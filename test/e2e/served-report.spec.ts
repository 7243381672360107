import { readFileSync } from 'node:fs'
import { expect, test } from '../support/carryscope'
import { analyze } from '../support/command-line'

// Only a browser hands a download to the test: Electron asks a person where to save.
test('a report is made a little at a time, saved whole, and opens with nothing beside it', async ({
  carryscope,
  checkpoint,
  complaints,
}) => {
  const { page } = carryscope
  await carryscope.openModel(checkpoint)
  await page.getByRole('button', { name: 'View', exact: true }).click()
  const download = page.waitForEvent('download')
  await page.getByRole('menuitem', { name: 'Save report…' }).click()
  await expect(page.getByRole('status').filter({ hasText: /^report \d+ of \d+$/ })).toBeVisible()
  const saved = await download
  expect(saved.suggestedFilename()).toBe('sum_model.pt-report.html')

  const report = await page.context().browser()!.newPage({ offline: true })
  await report.setContent(readFileSync(await saved.path(), 'utf8'))
  await expect(report.getByRole('heading', { level: 1 })).toHaveText('sum_model.pt')
  expect(await report.locator('figure svg').count()).toBeGreaterThan(50)

  const answers = JSON.parse((await report.locator('#answers').textContent()) ?? '') as {
    analysis: string
    result: { lossDiff: { data: number[] } }
  }[]
  const { lossDiff } = analyze<{ lossDiff: { data: number[] } }>('head-ablation', checkpoint)
  const told = answers.find(({ analysis }) => analysis === 'head-ablation')!.result.lossDiff.data
  told.forEach((value, head) => expect(Math.abs(value - lossDiff.data[head]!)).toBeLessThan(1e-4))
  expect(complaints).toEqual([])
})
