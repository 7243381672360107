import { spawn, type ChildProcess } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { afterAll, expect, test } from 'vitest'

const built = join(import.meta.dirname, '../../out/main/cli.js')
const linux = process.platform === 'linux'
/** The bundled model, of which there is nothing to say on standard error. */
const model = join(import.meta.dirname, '../../models/sum-4digit')
const scratch = mkdtempSync(join(tmpdir(), 'carryscope-streams-'))
afterAll(() => {
  rmSync(scratch, { recursive: true })
})

/** Runs a line of shell, in which `$C` is the built command and `$M` a model; stderr of all of it, and what it printed. */
async function shell(line: string): Promise<{ code: number | null; out: string; err: string }> {
  const env = { ...process.env, C: `${process.execPath} ${built}`, M: model }
  const child = spawn('sh', ['-c', line], { env, cwd: scratch, stdio: ['ignore', 'pipe', 'pipe'] })
  const [code, out, err] = await Promise.all([ended(child), text(child.stdout), text(child.stderr)])
  return { code, out, err }
}

function ended(child: ChildProcess): Promise<number | null> {
  return new Promise((resolve) => child.once('exit', resolve))
}

const posix = test.skipIf(!existsSync(built) || !linux)

posix.each([
  ['after a line', '$C list | head -n 1'],
  ['before a large result', '$C analyze weights --model $M --tensor W_Q --json - | head -c 5'],
  ['before the first byte', '$C list | true'],
])('a reader that goes %s ends a command quietly (needs the build, on Linux)', async (_, line) => {
  expect((await shell(line)).err).toBe('')
})

posix('a result that finds no room on stdout is told of, with code 1 (needs the build, on Linux)', async () => {
  expect(await shell('$C list >/dev/full')).toEqual({
    code: 1,
    out: '',
    err: 'The result could not be written to stdout (the disk is full); send it elsewhere, or to a file with --json.\n',
  })
})

posix.each(['2>/dev/full', '2>&-'])(
  'what cannot be said on stderr changes nothing: %s (needs the build, on Linux)',
  async (away) => {
    expect(await shell(`$C analyze nope ${away}`)).toEqual({ code: 2, out: '', err: '' })
    expect((await shell(`$C list ${away}`)).code).toBe(0)
  },
)

posix('a file on a full device is refused in a sentence (needs the build, on Linux)', async () => {
  expect(await shell('$C analyze carries --model $M --sums 10 --json /dev/full')).toEqual({
    code: 2,
    out: '',
    err: 'The result cannot be written to "/dev/full" (the disk is full); choose another file with --json, or - for stdout.\n',
  })
})

posix(
  'Ctrl-C ends a training by its signal, and leaves no lock and no half of a file (needs the build, on Linux)',
  async () => {
    const sizes = '--digits 2 --layers 1 --heads 1 --d-model 8 --d-head 4 --batch-size 16 --interval 2'.split(' ')
    const args = [built, 'train', '--out', join(scratch, 'training'), ...sizes]
    const child = spawn(process.execPath, args, { stdio: ['ignore', 'ignore', 'pipe'] })
    for await (const line of child.stderr) if (String(line).includes('step    10')) break
    const signal = new Promise((resolve) => child.once('exit', (_, name) => resolve(name)))
    child.kill('SIGINT')
    expect(await signal).toBe('SIGINT')
    expect(readdirSync(join(scratch, 'training')).sort()).toEqual(
      ['checkpoints', 'config.json', 'log.jsonl', 'training.json', 'training.state'].sort(),
    )
  },
)

posix('Ctrl-C ends a command that waits for the reader of a pipe (needs the build, on Linux)', async () => {
  const { err } = await shell(
    'mkfifo pipe; timeout -s INT -k 20 4 $C analyze carries --model $M --sums 10 --json pipe; echo "ended by $?" >&2',
  )
  // timeout's own code for what it ended by its first signal.
  expect(err).toBe('ended by 124\n')
})
