import { usedBlocks } from './python/blocks'
import { bodies } from './registry'
import { snippetInput, type SnippetRequest } from './python/snippet-input'
import { interventionBlocks } from './python/intervention-blocks'
import { modelBlocks, versionsOf } from './python/model-blocks'
import { sumBlocks } from './python/sum-blocks'

/**
 * Python that reproduces an analysis with TransformerLens, 2 to 4 (`versionsOf` knows the models that not all of them compute):
 * complete, and with nothing that this analysis does not need. It ends in `result`, whose entries have the names, axes and units of
 * the analysis' own.
 */
export function transformerLensSnippet(request: SnippetRequest): string {
  const input = snippetInput(request)
  const { code, swept } = bodies[request.id](input)
  const sums = sumBlocks(input)
  const interventions = interventionBlocks(input, swept)
  const blocks = [...modelBlocks(input), ...sums, ...interventions, { defines: ['result'], code }]
  const used = usedBlocks(blocks)
  const needs = used.some(({ defines }) => defines.includes('model'))
    ? `, with TransformerLens ${versionsOf(input)}`
    : ''
  const title = `# ${request.id} of ${request.model.name}, as Carryscope computes it${needs}\n`
  return title + used.map((block, index) => block.code + separator(block.code, used[index + 1]?.code)).join('')
}

/** One-line statements of a kind stand together. */
function separator(code: string, next: string | undefined): string {
  if (next === undefined) return '\n'
  const isImport = (text: string) => /^(from|import) /.test(text)
  const isShort = (text: string) => !text.includes('\n') && !isImport(text)
  return (isImport(code) && isImport(next)) || (isShort(code) && isShort(next)) ? '\n' : '\n\n'
}
