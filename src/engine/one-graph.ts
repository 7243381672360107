import { runAs, type Model } from '../model/model'
import { editableHooks } from './editable-hooks'
import { untouched } from './stacked-edits'

/**
 * A model whose runs under edits have one at every place that can be edited at all, and take nothing from the clean run: so
 * each set of outputs has one graph, whatever is intervened on. Such runs take longer, but none waits for a graph to be built. What
 * an analysis exchanges at other places it exchanges in every run.
 */
export function oneGraph(model: Model): Model {
  const { config } = model
  return runAs(model, (tokens, { clean: _, edits = [], ...options }) => {
    const places = editableHooks(config, options.start?.layer)
    const all = places.map((hook) => edits.find((edit) => edit.hook === hook) ?? untouched(config, hook))
    const others = edits.filter(({ hook }) => !places.includes(hook))
    return model.run(tokens, { ...options, edits: edits.length > 0 ? [...all, ...others] : [] })
  })
}
