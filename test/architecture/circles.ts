import { existsSync } from 'node:fs'
import { join, posix } from 'node:path'
import { importsOf, sourceFiles, type Import } from './imports'

/** Which files of `src` each file imports, types included unless others are counted; paths relative to `src`. */
export function importGraph(
  src: string,
  counts: (one: Import) => boolean = () => true,
): ReadonlyMap<string, readonly string[]> {
  const files = sourceFiles(src)
  const resolved = (file: string, specifier: string): string | undefined => {
    const target = posix.join(posix.dirname(file), specifier.replace(/\?.*$/, ''))
    return [target, `${target}.ts`].find((path) => existsSync(join(src, path)) && files.includes(path))
  }
  return new Map(
    files.map((file) => [
      file,
      importsOf(join(src, file))
        .filter(counts)
        .flatMap(({ specifier }) => (specifier.startsWith('.') ? (resolved(file, specifier) ?? []) : [])),
    ]),
  )
}

/** Circles of imports, each as the files that lead back to its first one. Each file is in one circle at most. */
export function circlesOf(graph: ReadonlyMap<string, readonly string[]>): readonly (readonly string[])[] {
  const done = new Set<string>()
  const circles: string[][] = []
  const follow = (file: string, path: readonly string[]): void => {
    const at = path.indexOf(file)
    if (at >= 0) circles.push([...path.slice(at), file])
    if (at >= 0 || done.has(file)) return
    for (const next of graph.get(file) ?? []) follow(next, [...path, file])
    done.add(file)
  }
  for (const file of graph.keys()) follow(file, [])
  return circles
}
