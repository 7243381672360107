import { existsSync, readFileSync } from 'node:fs'
import { delimiter, join } from 'node:path'

/** What processes asked of the system, as `strace` notes it; tests that use it do without where it is not installed. */

const strace = (process.env['PATH'] ?? '')
  .split(delimiter)
  .map((folder) => join(folder, 'strace'))
  .find(existsSync)

/** A command with `strace` before it, which follows all its processes, as their grandchild, and writes to `log`; as it is without `strace`. */
export function traced(command: string, args: readonly string[], log: string): { command: string; args: string[] } {
  if (strace === undefined) return { command, args: [...args] }
  const calls = 'trace=connect,sendto,sendmsg,open,openat,creat,mkdir,mkdirat'
  return { command: strace, args: ['-D', '-f', '--seccomp-bpf', '-e', calls, '-o', log, command, ...args] }
}

/** Whether the log tells of the end of its first process, or none is kept. */
export function isTraced(log: string): boolean {
  if (strace === undefined) return true
  const lines = existsSync(log) ? readFileSync(log, 'utf8') : ''
  const [first = ''] = /^\d+/.exec(lines) ?? []
  // Short process numbers are followed by more than one blank.
  return new RegExp(`^${first} +\\+\\+\\+ `, 'm').test(lines)
}

/** The calls in a log that reach beyond this machine, or write anywhere but below the folders given. */
export function outwardCalls(log: string, mayWrite: readonly string[] = []): string[] {
  if (!existsSync(log)) return []
  const lines = readFileSync(log, 'utf8').split('\n')
  const addressed = lines.filter((line) => /sin6?_addr|sa_family=AF_INET6?\b/.test(line))
  const outward = addressed.filter((line) => !/inet_addr\("127\.0\.0\.1"\)|"::1"/.test(line))
  const written = lines.filter((line) => {
    const [, path] = /(?:O_CREAT|O_WRONLY|O_RDWR|creat\(|mkdir)/.test(line) ? (/"([^"]*)"/.exec(line) ?? []) : []
    return path !== undefined && !['/dev/', '/proc/self/', ...mayWrite].some((folder) => path.startsWith(folder))
  })
  return [...outward, ...written]
}
