/** Loads both faces before anything measures text: a chart drawn in a fallback face keeps its overlapping labels. */
export async function loadFonts(): Promise<void> {
  const faces = ['400 12px Inter', '650 12px Inter', '400 12px "JetBrains Mono"', '650 12px "JetBrains Mono"']
  await Promise.all(faces.map((face) => document.fonts.load(face, 'C1 μΔ')))
  await document.fonts.ready
}
