import { beforeWriting } from '../python/intervention-blocks'
import type { SnippetInput } from '../python/snippet-input'
import { lines, listed, quoted } from '../python/python'

/** `order`: each sum's donor; `donor_run`: the hooks of the donors' clean run. */
export function pairedRuns({ dataset }: SnippetInput, hooks: readonly string[]): string {
  const before = '_, donor_run = model.run_with_cache(tokens[order], names_filter='
  return lines(
    `order = partners(len(tokens), seed=${dataset.seed})  # each sum's donor`,
    `${before}${listed(
      hooks.map((hook) => quoted(beforeWriting(hook))),
      { before, after: ')' },
    )})`,
  )
}

/** The donors' carries, and the recipients' digits with them. */
export function donorArithmetic(): string {
  return lines('donor_carry = carry_in[order]', 'moved = (columns + donor_carry) % 10')
}

/** `outcome` (0 own, 1 moved, 2 donor, 3 other), `share` and `n` by whether the carry differs, `of_class` by the column's classes. */
export function outcomeCode({ predicting }: SnippetInput): string {
  return lines(
    `observed = logits[:, ${predicting}].argmax(-1)`,
    'outcome = torch.where(observed == answer[order], 2, 3)',
    'outcome = torch.where(observed == answer, 0, torch.where(observed == moved, 1, outcome))',
    'differ = donor_carry != carry_in',
    'groups = torch.stack([differ, ~differ])  # [group, example, digit]',
    'n = groups.sum(1)',
    'share = torch.stack([(groups & (outcome == kind)).sum(1) for kind in range(4)], -1) / n[..., None]',
    'pairs = torch.nn.functional.pad(3 * classes + classes[order], (0, 1), value=-1)[:, 1:]  # of the column to the right',
    'kinds = [6, 7, 2, 1, 5, 3, 4, 8, 0]  # GK GP KG KP PG PK PP GG KK',
    'of_class = torch.stack([(pairs == kind) & differ for kind in kinds])',
  )
}
