import type { AnalysisId, ResultOf } from '../../src/analyses/registry'

/** What a result may hold, in any of its forms. */
type NameIn<Result> = Result extends unknown ? keyof Result : never
type TensorIn<Result, Name extends PropertyKey> = Result extends { readonly [N in Name]?: infer Value }
  ? Extract<Value, { readonly dims: unknown }>
  : never
type AxesIn<Result> = {
  readonly [Name in NameIn<Result> as [TensorIn<Result, Name>] extends [never] ? never : Name]: TensorIn<
    Result,
    Name
  >['dims']
}

/**
 * The axes of every tensor that an analysis answers, optional ones too: what scripts and papers rely on. A tensor with another name or
 * axis does not compile until it is changed here. Those of `weights` are the model's parameters, each with axes of its own.
 */
export const resultAxes = {
  dataset: {
    tokens: ['example', 'position'],
    columnClass: ['example', 'digit'],
    carryIn: ['example', 'digit'],
    carryOut: ['example', 'digit'],
    cascade: ['example', 'digit'],
  },
  weights: {},
  performance: {
    operands: ['example', 'operand'],
    exampleLoss: ['example', 'digit'],
    predicted: ['example', 'digit'],
    lossPerDigit: ['digit'],
  },
  predictions: {
    logits: ['digit', 'vocab'],
    probs: ['digit', 'vocab'],
    logProbs: ['digit', 'vocab'],
    predicted: ['digit'],
    answer: ['digit'],
    correct: ['digit'],
  },
  unembedding: {
    W_U: ['d_model', 'logit'],
    fftMagnitude: ['d_model', 'freq'],
    fftPhase: ['d_model', 'freq'],
    gram: ['logit', 'logit'],
    gramFftMagnitude: ['logit', 'freq'],
    gramFftPhase: ['logit', 'freq'],
    singularValues: ['component'],
    leftSingularVectors: ['d_model', 'component'],
    digitProjections: ['logit', 'component'],
    fourierBasis: ['component', 'logit'],
    fourier: ['d_model', 'component'],
    reconstruction: ['d_model', 'logit'],
    rowNorms: ['d_model'],
  },
  'head-ablation': {
    mlpLossDiff: ['layer'],
    mlpLossDiffPerDigit: ['layer', 'digit'],
    mlpAccuracy: ['layer'],
    mlpTokenAccuracy: ['layer'],
    accuracy: ['layer', 'head'],
    tokenAccuracy: ['layer', 'head'],
    lossDiff: ['layer', 'head'],
    lossDiffPerDigit: ['layer', 'head', 'digit'],
  },
  'qkv-ablation': {
    lossDiff: ['site', 'layer', 'head'],
    lossDiffPerDigit: ['site', 'layer', 'head', 'digit'],
  },
  'position-ablation': {
    lossDiff: ['layer', 'head', 'position', 'digit'],
  },
  attention: {
    pattern: ['layer', 'head', 'query', 'key'],
    scores: ['layer', 'head', 'query', 'key'],
  },
  'mean-attention': {
    mean: ['layer', 'head', 'query', 'key'],
    std: ['layer', 'head', 'query', 'key'],
  },
  'qk-circuit': {
    full: ['head', 'query', 'key'],
    positional: ['head', 'query', 'key'],
  },
  dla: {
    attribution: ['component', 'digit', 'logit'],
  },
  'dla-summary': {
    mean: ['component', 'digit'],
    std: ['component', 'digit'],
    alone: ['component', 'digit'],
    anyHead: ['layer', 'digit'],
  },
  'path-dla': {
    attribution: ['component', 'digit', 'logit'],
  },
  'fourier-dla': {
    magnitude: ['component', 'digit'],
    phase: ['component', 'digit'],
    sumMagnitude: ['digit'],
    sumPhase: ['digit'],
    predictionMagnitude: ['digit'],
    predictionPhase: ['digit'],
    correctMagnitude: ['digit'],
    correctPhase: ['digit'],
  },
  'path-dla-batch': {
    magnitude: ['component', 'digit', 'example'],
    phase: ['component', 'digit', 'example'],
  },
  'ov-circuit': {
    embeddings: ['head0', 'head1', 'digitIn', 'logit'],
    embeddingsFftMagnitude: ['head0', 'head1', 'digitIn', 'freq'],
    embeddingsFftPhase: ['head0', 'head1', 'digitIn', 'freq'],
    summed: ['head0', 'head1', 'pair', 'logit'],
    summedFftMagnitude: ['head0', 'head1', 'pair', 'freq'],
    summedFftPhase: ['head0', 'head1', 'pair', 'freq'],
  },
  carries: {
    perColumn: ['definition', 'digit'],
    perPattern: ['pattern'],
  },
  'carry-attention': {
    mean: ['group', 'digit', 'head', 'key'],
    std: ['group', 'digit', 'head', 'key'],
    n: ['group', 'digit'],
  },
  'carry-classes': {
    n: ['pattern'],
    loss: ['pattern'],
    exactMatch: ['pattern'],
    lossPerDigit: ['pattern', 'digit'],
  },
  hierarchy: {
    attention: ['head', 'query', 'column'],
    scoreA: ['head', 'query', 'column', 'digitValue'],
    scoreB: ['head', 'query', 'column', 'digitValue'],
    shareA: ['head', 'query', 'column', 'a', 'b'],
    agreement: ['head', 'query', 'column'],
    agreementNine: ['head', 'query', 'column'],
    logCosh: ['head', 'query', 'column', 'parameter'],
  },
  transplant: {
    operands: ['example', 'operand'],
    donorOperands: ['example', 'operand'],
    observed: ['example', 'digit'],
    rotation: ['digit'],
    rotationSd: ['digit'],
    share: ['group', 'digit', 'outcome'],
    n: ['group', 'digit'],
    movedByClass: ['class', 'digit'],
    nByClass: ['class', 'digit'],
    exact: ['group'],
    exactN: ['group'],
    perDigit: ['digit'],
    perDigitOwn: ['digit'],
  },
  'transplant-map': {
    moved: ['layer', 'head', 'position', 'digit'],
    own: ['layer', 'head', 'position', 'digit'],
    n: ['group', 'digit'],
  },
  'carry-needles': {
    histogram: ['entry', 'group', 'bin'],
    entries: ['entry', 'axis'],
    groupSizes: ['group', 'digit'],
    attentionAuc: ['layer', 'head', 'query', 'key', 'digit'],
    se: ['layer', 'head', 'query', 'key', 'digit'],
    resultAuc: ['layer', 'head', 'position', 'digit'],
    resultSe: ['layer', 'head', 'position', 'digit'],
    readBy: ['layer', 'position', 'digit'],
  },
  'residual-circle': {
    centroid: ['stage', 'digit', 'digitValue', 'component'],
    spread: ['stage', 'digit', 'digitValue'],
    variance: ['stage', 'digit'],
    within: ['stage', 'digit'],
    frequency1: ['stage', 'digit'],
    power: ['stage', 'digit', 'frequency'],
    answer: ['digit', 'example'],
    carryIn: ['digit', 'example'],
    points: ['stage', 'digit', 'example', 'component'],
  },
  'logit-lens': {
    accuracy: ['stage', 'digit'],
    correctLogitMean: ['stage', 'digit'],
  },
  'frequency-lens': {
    accuracy: ['freq', 'digit'],
    exactMatch: ['freq'],
    power: ['freq', 'digit'],
  },
  'pattern-swap': {
    n: ['group', 'digit'],
    accuracy: ['group', 'digit'],
  },
  'false-token': {
    n: ['digit'],
    share: ['digit', 'outcome'],
  },
  probe: {
    weights: ['entry', 'label'],
    singularValues: ['component'],
  },
  'probe-map': {
    accuracy: ['hook', 'position', 'target'],
    majority: ['target'],
  },
  interaction: {
    loss: ['subset', 'digit'],
    shapley: ['layer', 'head', 'digit'],
    shapleySe: ['layer', 'head', 'digit'],
    shapleyMean: ['layer', 'head'],
    shapleyMeanSe: ['layer', 'head'],
    pair: ['headA', 'headB'],
    pairPlain: ['headA', 'headB'],
  },
  'layer-qk': {
    score: ['head', 'query', 'key'],
    parts: ['head', 'query', 'key', 'queryPart', 'keyPart'],
  },
} as const satisfies { readonly [Id in AnalysisId]: AxesIn<ResultOf<Id>> }
