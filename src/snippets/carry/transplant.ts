import { parseColumnVariable } from '../../core/column-hypothesis'
import { parseHeadSite, type HeadSite } from '../../core/head-site'
import { equalsPosition } from '../../core/positions'
import { hookOf, type Site } from '../../model/intervention'
import type { BodyOf } from '../python/body'
import { beforeWriting, runForLogits } from '../python/intervention-blocks'
import { indented, lines, listed, quoted, resultOf } from '../python/python'
import type { SnippetInput } from '../python/snippet-input'
import { operandsCode } from '../sums/operands'
import { donorArithmetic, outcomeCode, pairedRuns } from './pairs'
import { viaCode } from './via'

export const transplant: BodyOf = (input) => {
  const { params, config } = input
  const { at = [`H0.0@${equalsPosition(config.layout)}`], of = 'result', via, examples } = params
  const sites = at.map((text) => parseHeadSite(text, config.layout))
  const layers = [...new Set(sites.map(({ layer }) => layer))]
  const moving = input.interventions.length > 0 ? 'interventions + moving' : 'moving'
  return {
    code: lines(
      pairedRuns(
        input,
        layers.map((layer) => hookOf(of, layer)),
      ),
      placesCode(sites, of),
      '',
      'def take_from_donor(activation, hook):',
      indented(
        lines(
          'for head, position in places[hook.name]:',
          `    at = ${of === 'pattern' ? 'slice(None), head, position' : 'slice(None), position, head'}`,
          '    activation[at] = donor_run[hook.name][at]',
          'return activation',
        ),
      ),
      '',
      'moving = [(name, take_from_donor) for name in places]',
      runForLogits(input, 'clean_logits'),
      via === undefined ? `logits = model.run_with_hooks(tokens, fwd_hooks=${moving})` : viaCode(input, via, moving),
      donorArithmetic(),
      predictionCode(input),
      outcomeCode(input),
      'exact_groups = torch.stack([torch.ones(len(tokens)).bool(), changes.any(1), ~changes.any(1)])',
      'exact = (observed == predicted).all(1)',
      rotationCode(input),
      examples !== undefined && operandsCode(config.layout),
      '',
      resultOf({
        share: 'share',
        n: 'n',
        movedByClass: '(of_class & (outcome == 1)).sum(1) / of_class.sum(1)',
        nByClass: 'of_class.sum(1)',
        exact: '(exact_groups & exact).sum(1) / exact_groups.sum(1)',
        exactN: 'exact_groups.sum(1)',
        perDigit: '(changes & (observed == predicted)).sum(0) / changes.sum(0)',
        perDigitOwn: '(changes & (observed == answer)).sum(0) / changes.sum(0)',
        rotation: 'rotation',
        rotationSd: 'rotation_sd',
        ...(examples !== undefined && {
          operands: `operands[:${examples}]`,
          donorOperands: `operands[order][:${examples}]`,
          observed: `observed[:${examples}]`,
        }),
      }),
    ),
  }
}

function placesCode(sites: readonly HeadSite[], of: Site): string {
  const layers = [...new Set(sites.map(({ layer }) => layer))]
  const entries = layers.map((layer) => {
    const here = sites.filter((site) => site.layer === layer).map(({ head, position }) => `(${head}, ${position})`)
    return `${quoted(beforeWriting(hookOf(of, layer)))}: [${here.join(', ')}]`
  })
  return `places = {${entries.join(', ')}}  # heads and positions`
}

/** `predicted`: the recipient's answer with the moved variables of its donor; `changes` where that is another digit. */
function predictionCode({ params, config }: SnippetInput): string {
  const { moves = [], binary = false } = params
  const { layout } = config
  const variables = moves.map((text) => parseColumnVariable(text, layout))
  if (variables.length === 0) return lines('predicted = answer', 'changes = predicted != answer')
  const all = Array.from({ length: layout.answerDigits }, (_, digit) => digit)
  const list = variables.map(({ kind, column, digits = kind === 'carry' ? [column] : all }) => {
    return `(${quoted(kind)}, ${column}, [${digits.join(', ')}])`
  })
  return lines(
    `moves = ${listed(list)}  # what is moved, of which column, for which digits`,
    '',
    'def predict(digit):',
    indented(
      lines(
        '"""A digit of the answer with what is moved taken from the donor."""',
        'carry = torch.zeros(len(tokens)).bool()',
        `for column in range(${layout.answerDigits - 1}, digit - 1, -1):`,
        indented(
          lines(
            'moved = [kind for kind, of, digits in moves if of == column and digit in digits]',
            'if "carry" in moved:',
            '    carry = donor_carry[:, column]',
            'if column == digit:',
            '    return ((columns[order] if "sum" in moved else columns)[:, column] + carry) % 10',
            'kind = (classes[order] if moved and moved != ["carry"] else classes)[:, column]',
            binary
              ? 'carry = (kind == 2) | ((kind == 1) & carry & ("class" not in moved))'
              : 'carry = (kind == 2) | ((kind == 1) & carry)',
          ),
        ),
      ),
    ),
    '',
    `predicted = torch.stack([predict(digit) for digit in range(${layout.answerDigits})], 1)`,
    'changes = predicted != answer',
  )
}

function rotationCode({ params, config, predicting }: SnippetInput): string {
  const { layout } = config
  const byHypothesis = (params.moves ?? [])
    .map((text) => parseColumnVariable(text, layout))
    .flatMap(({ kind, column, digits }) =>
      Array.from({ length: layout.answerDigits }, (_, digit) => digit).filter((digit) => {
        if (digits && !digits.includes(digit)) return false
        return kind === 'carry'
          ? digits
            ? column >= digit
            : column === digit
          : column >= digit + (kind === 'sum' ? 0 : 1)
      }),
    )
  const told = [...new Set(byHypothesis)].toSorted()
  return lines(
    '# Where a digit should become the next one, or the one before',
    'steps = donor_carry.long() - carry_in.long()',
    told.length > 0 && 'step = (predicted - answer) % 10',
    told.length > 0 && `told = [${told.join(', ')}]`,
    told.length > 0 && 'steps[:, told] = ((step == 1).long() - (step == 9).long())[:, told]',
    'before, after = (',
    `    torch.fft.rfft(run[:, ${predicting}, :10])[..., 1].conj().angle() for run in (clean_logits, logits)`,
    ')',
    'turn = (torch.rad2deg(after - before) + 180) % 360 - 180',
    `turns = [(turn * steps)[steps[:, digit] != 0, digit].double() for digit in range(${layout.answerDigits})]`,
    'rotation = torch.stack([turn.mean() for turn in turns])',
    'rotation_sd = torch.stack([(turn - turn.mean()).square().mean().sqrt() for turn in turns])',
  )
}
