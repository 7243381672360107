import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, posix, relative, sep } from 'node:path'
import typescript from 'typescript'
import { rooms } from './rooms'

/** One import in a source file: what is asked for, and whether only types are, or it is when that place is reached. */
export interface Import {
  readonly specifier: string
  readonly typesOnly: boolean
  readonly dynamic?: true
}

/** All source files below a folder, as paths relative to it with forward slashes. */
export function sourceFiles(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.(ts|svelte|css)$/.test(entry.name))
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).split(sep).join('/'))
}

/** What a file imports, re-exports or loads dynamically. */
export function importsOf(path: string): Import[] {
  const text = readFileSync(path, 'utf8')
  if (path.endsWith('.css')) return matches(text, /@import\s+(?:url\()?['"]([^'"]+)['"]/g).map(asValue)
  const scripts = path.endsWith('.svelte') ? matches(text, /<script[^>]*>([\s\S]*?)<\/script>/g) : [text]
  return scripts.flatMap(importsOfScript)
}

export function importsOfScript(text: string): Import[] {
  const source = typescript.createSourceFile('source.ts', text, typescript.ScriptTarget.Latest)
  const found: Import[] = []
  const visit = (node: typescript.Node): void => {
    const one = importAt(node)
    if (one) found.push(one)
    typescript.forEachChild(node, visit)
  }
  visit(source)
  return found
}

function importAt(node: typescript.Node): Import | null {
  if (typescript.isImportDeclaration(node)) return named(node.moduleSpecifier, isTypes(node.importClause))
  if (typescript.isExportDeclaration(node) && node.moduleSpecifier) return named(node.moduleSpecifier, node.isTypeOnly)
  if (typescript.isImportTypeNode(node) && typescript.isLiteralTypeNode(node.argument))
    return named(node.argument.literal, true)
  if (typescript.isCallExpression(node) && isLoader(node.expression) && node.arguments[0])
    return dynamically(named(node.arguments[0], false))
  return null
}

function dynamically(found: Import | null): Import | null {
  return found && { ...found, dynamic: true }
}

function named(node: typescript.Node, typesOnly: boolean): Import | null {
  return typescript.isStringLiteralLike(node) ? { specifier: node.text, typesOnly } : null
}

function isTypes(clause: typescript.ImportClause | undefined): boolean {
  return clause?.phaseModifier === typescript.SyntaxKind.TypeKeyword
}

function isLoader(expression: typescript.Expression): boolean {
  if (expression.kind === typescript.SyntaxKind.ImportKeyword) return true
  return typescript.isIdentifier(expression) && expression.text === 'require'
}

/**
 * Why a file may not have an import, as one sentence, or null. `file` is relative to `src`, with forward slashes.
 */
export function refusal(file: string, { specifier, typesOnly }: Import): string | null {
  const room = file.split('/')[0] ?? ''
  const rule = rooms[room]
  if (!rule) return `src/${file} is in the room "${room}", which the import table does not name.`
  const target = specifier.startsWith('.') ? posix.join(dirname(file), specifier.replace(/\?.*$/, '')) : specifier
  const allowed = [room, ...rule.rooms, ...rule.packages, ...(typesOnly ? (rule.types ?? []) : [])]
  if (allowed.some((pattern) => covers(pattern, target))) return null
  const onlyTypes = rule.types ? ` and types of ${rule.types.join(', ')}` : ''
  const may = [...rule.rooms, ...rule.packages].join(', ') || 'nothing'
  return `src/${file} imports ${specifier}, but ${room} may import only itself, ${may}${onlyTypes}.`
}

function covers(pattern: string, target: string): boolean {
  if (pattern.endsWith('*')) return target.startsWith(pattern.slice(0, -1))
  return target === pattern || (pattern in rooms && target.startsWith(`${pattern}/`))
}

function matches(text: string, pattern: RegExp): string[] {
  return [...text.matchAll(pattern)].map((match) => match[1] ?? '')
}

function asValue(specifier: string): Import {
  return { specifier, typesOnly: false }
}
