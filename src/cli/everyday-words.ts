/** Commands by the words that people try for them; what follows `carryscope`. */
const meant: readonly (readonly [command: string, words: string])[] = [
  ['evaluate --exhaustive', 'exhaustive exhaustively all everything full every'],
  ['evaluate', 'eval score accuracy check test validate judge'],
  ['evaluate --nines 2', 'cascade cascades nines'],
  ['analyze performance', 'performance loss run analyse analyze'],
  ['analyze predictions --sum 2968+1606', 'predict prediction add answer sum ask infer probs logits'],
  ['analyze head-ablation', 'ablate ablation ablations knockout cut'],
  ['analyze dla --sum 2968+1606', 'attribution logits-attribution direct-logit-attribution lens'],
  ['analyze attention --sum 2968+1606', 'pattern patterns heads'],
  ['analyze qk-circuit', 'qk'],
  ['analyze ov-circuit', 'ov'],
  ['analyze unembedding', 'unembed fourier svd W_U'],
  ['analyze carries', 'carry'],
  ['analyze weights', 'parameters params inspect show'],
  ['list', 'analyses ls commands'],
  ['report', 'figures figure plots plot pictures html pdf svg notebook draw'],
  ['export', 'onnx safetensors save convert dump write'],
  ['bench', 'benchmark speed time timing profile'],
  ['providers', 'provider gpu cuda webgpu devices device hardware'],
  ['share tour --out tour.html', 'page slides handout publish send present webpage'],
  ['tour', 'claims claim checks verify findings hypotheses explain guide'],
  ['deck', 'decks talk slides present presentation presenter expectations'],
  ['train', 'fit learn training resume'],
  ['merge', 'combine join shards shard'],
  ['serve', 'start open window gui ui web browser app server run-server'],
  ['--version', 'version about'],
  ['--help', 'help man usage h ?'],
]

/** The command that someone means by a word that is none, or null. */
export function commandMeant(word: string): string | null {
  const lower = word.toLowerCase().replace(/^-+/, '')
  return meant.find(([, words]) => words.split(' ').includes(lower))?.[0] ?? null
}
