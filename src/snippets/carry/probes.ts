import { equalsPosition, positionLabels } from '../../core/positions'
import type { BodyOf } from '../python/body'
import { runWithCache } from '../python/intervention-blocks'
import { indented, lines, listed, quoted, resultOf } from '../python/python'
import { range, type SnippetInput } from '../python/snippet-input'
import { stageHooks } from './stages'
import type { TaskLayout } from '../../core/task-layout'

/** `fit` and `probe_accuracy`: a ridge regression of one-hot labels, and how it does on five folds. */
function ridgeCode(): string {
  return lines(
    'def fit(x, labels, classes):',
    indented(
      lines(
        'y = torch.nn.functional.one_hot(labels, classes).double()',
        'centred = x - x.mean(0)',
        'gram = centred.T @ centred',
        'penalty = 1e-3 * gram.trace() / len(gram) if gram.trace() > 0 else torch.tensor(1.0).double()',
        'weights = torch.linalg.solve(gram + penalty * torch.eye(len(gram)), centred.T @ (y - y.mean(0)))',
        'return weights, lambda other: (other - x.mean(0)) @ weights + y.mean(0)',
      ),
    ),
    '',
    'def probe_accuracy(x, labels, classes):',
    indented(
      lines(
        'fold = torch.arange(len(x)) % 5',
        'tests = [(fold == index, fit(x[fold != index], labels[fold != index], classes)[1]) for index in range(5)]',
        'return torch.stack([(read(x[test]).argmax(-1) == labels[test]).double().mean() for test, read in tests])',
      ),
    ),
    '',
  )
}

export const probe: BodyOf = (input) => {
  const { config, params, lastLayer } = input
  const hook = params.hook ?? `blocks.${lastLayer}.hook_resid_post`
  const position = positionOf(params.position, input)
  const [labels, classes] = labelsOf(params.target ?? 'digit:C0', config.layout)
  return {
    code: lines(
      runWithCache(input, [hook], '_'),
      `x = cache[${quoted(hook)}][:, ${position}].flatten(1).double()`,
      `labels = ${labels}`,
      '',
      ridgeCode(),
      `accuracies = probe_accuracy(x, labels, ${classes})`,
      '',
      resultOf({
        n: 'len(tokens)',
        accuracy: 'accuracies.mean()',
        accuracySd: 'accuracies.std(correction=0)',
        majority: 'labels.bincount().max() / len(labels)',
        weights: `fit(x, labels, ${classes})[0]`,
      }),
    ),
  }
}

export const probeMap: BodyOf = (input) => {
  const { layout, n_ctx } = input.config
  const hooks = stageHooks(input)
  const columns = range(layout.answerDigits)
  const targets = [
    ...columns.slice(0, -1).map((column) => `carryIn:C${column}`),
    ...columns.slice(1).map((column) => `class:${column}`),
    ...columns.map((column) => `sum:${column}`),
    ...columns.map((column) => `digit:C${column}`),
  ].map((target) => labelsOf(target, layout))
  const before = 'targets = '
  return {
    code: lines(
      runWithCache(input, hooks, '_'),
      `${before}${listed(
        targets.map(([labels, classes]) => `(${labels}, ${classes})`),
        { before },
      )}`,
      '',
      ridgeCode(),
      'def told(x, labels, classes):',
      '    if (labels == labels[0]).all():',
      '        return torch.tensor(torch.nan).double()',
      '    return probe_accuracy(x, labels, classes).mean()',
      '',
      `hooks = ${listed(hooks.map(quoted), { before: 'hooks = ' })}`,
      'accuracy = torch.stack([',
      '    told(cache[name][:, position].double(), *target)',
      `    for name, position, target in product(hooks, range(${n_ctx}), targets)`,
      '])',
      resultOf({
        n: 'len(tokens)',
        accuracy: `accuracy.reshape(len(hooks), ${n_ctx}, -1)`,
        majority: 'torch.stack([labels.bincount().max() / len(labels) for labels, _ in targets])',
      }),
    ),
  }
}

/** Python for the labels of a target, and how many there are. */
function labelsOf(target: string, layout: TaskLayout): readonly [string, number] {
  const [kind = '', of = ''] = target.split(':')
  const column = Number(of.replace(/\D/g, ''))
  if (kind.toLowerCase() === 'carryin') return [`carry_in[:, ${column}].long()`, 2]
  if (kind === 'class') return [`classes[:, ${column}]`, 3]
  if (kind === 'sum') return [`columns[:, ${column}] % 10`, 10]
  return [`tokens[:, ${positionLabels(layout).indexOf(of)}]`, 10]
}

function positionOf(text: string | undefined, { config }: SnippetInput): number {
  if (text === undefined) return equalsPosition(config.layout)
  return /^\d+$/.test(text) ? Number(text) : positionLabels(config.layout).indexOf(text.toUpperCase())
}
