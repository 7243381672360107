/** What was built, filled in by the build; absent outside one. */
declare const __BUILD__: { readonly version: string; readonly build: string } | undefined

/** The version and the build, as in "Carryscope 0.1.0, build 57654b6f1". */
export const buildText =
  typeof __BUILD__ === 'undefined'
    ? 'Carryscope, not built'
    : `Carryscope ${__BUILD__.version}, build ${__BUILD__.build}`
