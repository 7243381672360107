import { execFileSync } from 'node:child_process'

interface ProcessRow {
  readonly pid: number
  readonly parent: number
  readonly command: string
}

/**
 * The live engine among the descendants of a process: Node with the built entry and its role or, where Electron does not
 * show that, the first of its utility processes for Node.
 */
export function engineBelow(ancestor: number): number {
  const below = descendants(ancestor, runningProcesses()).toSorted((a, b) => a.pid - b.pid)
  const engine = below.find(({ command }) => /engine\.js live|node\.mojom\.NodeService/.test(command))
  if (!engine) throw new Error(`No engine runs below the process ${ancestor}.`)
  return engine.pid
}

/** The processes that train among the descendants of a server. */
export function trainersBelow(ancestor: number): number[] {
  return descendants(ancestor, runningProcesses())
    .filter(({ command }) => command.includes('trainer.js'))
    .map(({ pid }) => pid)
}

/** Kills a process and all that it has started, without a chance to save anything. */
export function killTree(ancestor: number): void {
  const all = [ancestor, ...descendants(ancestor, runningProcesses()).map(({ pid }) => pid)]
  for (const pid of all) {
    try {
      process.kill(pid, 'SIGKILL')
    } catch {
      // It has ended since it was listed.
    }
  }
}

function runningProcesses(): ProcessRow[] {
  const listing = execFileSync('ps', ['-eo', 'pid=,ppid=,args='], { encoding: 'utf8' })
  return listing.split('\n').flatMap((line) => {
    const [, pid, parent, command] = /^\s*(\d+)\s+(\d+)\s+(.*)$/.exec(line) ?? []
    return command === undefined ? [] : [{ pid: Number(pid), parent: Number(parent), command }]
  })
}

function descendants(ancestor: number, rows: readonly ProcessRow[]): ProcessRow[] {
  const children = rows.filter(({ parent }) => parent === ancestor)
  return children.flatMap((child) => [child, ...descendants(child.pid, rows)])
}
