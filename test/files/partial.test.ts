import { spawn } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { newFolder } from '../../src/files/new-folder'
import { partialName } from '../../src/files/partial'
import { writeWhole } from '../../src/files/whole-file'

let scratch = ''
beforeEach(() => {
  scratch = mkdtempSync(join(tmpdir(), 'carryscope-partial-'))
})
afterEach(() => {
  rmSync(scratch, { recursive: true })
})

/** A name as the process of that number would have given it, which began when nothing that runs now did. */
const of = (pid: number) => partialName().replace(/-(\d+)-\d*-(?=[0-9a-f]{16})/, `-${pid}-1-`)

async function deadProcess(): Promise<number> {
  const child = spawn(process.execPath, ['-e', ''])
  await new Promise((resolve) => child.once('exit', resolve))
  return child.pid!
}

test.each(['a file', 'a folder'])(
  'the next write of %s removes what a killed process left, and nothing of anyone else',
  async (what) => {
    const left = [of(await deadProcess()), of(await deadProcess())] as const
    const kept = [
      partialName(),
      partialName().replace(/^(.carryscope-)[0-9a-f]{8}/, '$100000000'),
      '.carryscope-mine.partial',
      'notes.partial',
    ]
    writeFileSync(join(scratch, left[0]), 'half')
    mkdirSync(join(scratch, left[1], 'figures'), { recursive: true })
    for (const name of kept) writeFileSync(join(scratch, name), 'theirs')
    if (what === 'a file') writeWhole(join(scratch, 'new'), 'whole')
    else newFolder(join(scratch, 'new')).write([{ path: 'report.html', content: 'whole' }])
    expect(readdirSync(scratch).toSorted()).toEqual([...kept, 'new'].toSorted())
  },
)

test('a process that has the number of a dead one is not taken for it (needs /proc)', () => {
  if (!existsSync('/proc/self/stat')) return
  writeFileSync(join(scratch, of(process.pid)), 'half')
  writeWhole(join(scratch, 'new'), 'whole')
  expect(readdirSync(scratch)).toEqual(['new'])
})
