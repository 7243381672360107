import { fonts } from '../charts/drawing/display'
import type { PageStyle } from '../report/page-style'
import { colorVariables } from '../report/style-sheet'

/**
 * How a page of states looks: on a phone in one column, as wide as the screen is; on a wide screen picture and facts side by
 * side, as large as the screen lets them be; on paper every state on a page of its own.
 */
export function pageStyleSheet(style: PageStyle): string {
  return `
${anywhere(style)}
${wideScreen}
${paper}
${style.classes()}
`
}

function anywhere(style: PageStyle): string {
  return `:root { color-scheme: light dark; ${colorVariables('light')}; ${style.colors('light')}; --bar: 56px; }
@media screen and (prefers-color-scheme: dark) { :root { ${colorVariables('dark')}; ${style.colors('dark')} } }
* { box-sizing: border-box; }
body { margin: 0; background: var(--panel); color: var(--ink); font: 16px/1.5 ${fonts.sans}; font-variant-numeric: tabular-nums; }
a { color: inherit; }
:focus-visible { outline: 2px solid var(--acc); outline-offset: 2px; }
h1:focus, h2:focus { outline: none; }
#steps { position: fixed; z-index: 1; inset: auto 0 0; display: flex; align-items: center; justify-content: center; gap: 16px;
  height: var(--bar); padding: 0 16px; border-top: 1px solid var(--line); background: var(--raised); }
#steps[hidden] { display: none; }
#place { min-width: 96px; text-align: center; color: var(--ink2); }
button { min-width: 112px; height: 40px; border: 1px solid var(--ink3); border-radius: 4px; background: var(--panel); color: var(--ink);
  font: inherit; cursor: pointer; }
button:disabled { opacity: 0.4; cursor: default; }
main { max-width: 1920px; margin: 0 auto; }
section { padding: 24px 20px; border-bottom: 1px solid var(--line); }
.steps section { padding-bottom: calc(var(--bar) + 24px); border: 0; }
.steps section:not(.now) { display: none; }
h1, h2 { margin: 0; font-size: 26px; line-height: 1.2; letter-spacing: -0.01em; overflow-wrap: anywhere; }
h2 span { margin-right: 8px; color: var(--ink3); font-weight: 400; }
h3 { margin: 0 0 6px; font-size: 15px; }
h3 span { color: var(--ink2); font-weight: 400; overflow-wrap: anywhere; }
.line { margin: 8px 0 16px; max-width: 90ch; color: var(--ink2); }
.state { display: grid; gap: 24px; grid-template-columns: minmax(0, 1fr); }
.pictures { display: grid; gap: 24px; grid-template-columns: minmax(0, 1fr); align-content: start; }
figure { margin: 0; overflow-x: auto; }
figure > svg { display: block; max-width: 100%; height: auto; }
figcaption { margin-top: 6px; max-width: 90ch; font-size: 15px; color: var(--ink2); }
figcaption small { margin-left: 6px; color: var(--ink3); }
dl { display: grid; gap: 6px; margin: 0; }
dl div { display: grid; grid-template-columns: minmax(0, 11em) minmax(0, 1fr); gap: 12px; }
dt { color: var(--ink3); }
dd { margin: 0; overflow-wrap: anywhere; }
code { font: 0.85em/1.45 ${fonts.mono}; }
.facts > p { margin: 0 0 12px; font-size: 20px; }
.verdict { display: inline-block; padding: 0 10px; border: 1px solid var(--ink3); border-radius: 14px; font-size: 0.85em; white-space: nowrap; }
.confirmed { border-color: var(--acc); color: var(--acc); }
.refuted { border-color: var(--bad); color: var(--bad); }
.unclear { border-style: dashed; }
.contents { margin: 20px 0 0; padding-left: 2em; }
.contents li { padding: 3px 0; }
.contents b { font-weight: 400; color: var(--ink2); white-space: nowrap; }
details { font-size: 14px; }
summary { width: max-content; cursor: pointer; color: var(--ink3); }
table { display: block; max-width: 100%; max-height: 340px; overflow: auto; border-collapse: collapse; }
caption { text-align: left; color: var(--ink3); }
th, td { padding: 1px 12px 1px 0; border-bottom: 1px solid var(--line); text-align: left; white-space: nowrap; font-weight: 400; }
th { color: var(--ink3); }`
}

const wideScreen = `@media screen and (min-width: 1100px) {
  section { padding: 32px 48px; }
  h1, h2 { font-size: 34px; }
  .line { font-size: 19px; }
  .state { grid-template-columns: minmax(0, 2.2fr) minmax(320px, 1fr); gap: 48px; }
  .state.two { grid-template-columns: minmax(0, 1fr); }
  .state.two .pictures { grid-template-columns: repeat(2, minmax(0, 1fr)); gap: 48px; }
  .state.two dl { grid-template-columns: repeat(2, minmax(0, 1fr)); gap: 6px 48px; }
  .state > .facts:first-child { grid-column: 1 / -1; }
  .pictures svg { width: 100%; height: auto; max-height: calc(100vh - 330px); }
  .state.two svg { max-height: calc(100vh - 560px); min-height: 280px; }
  .contents { columns: 2; column-gap: 48px; }
  .contents li { break-inside: avoid; }
}
@media screen and (min-width: 1700px) {
  body, .line { font-size: 20px; }
  h1, h2 { font-size: 42px; }
  h3, figcaption { font-size: 18px; }
  .facts > p { font-size: 26px; }
}`

const paper = `@media print {
  @page { margin: 14mm; }
  body { font-size: 10pt; }
  #steps { display: none; }
  .steps section, section { display: block !important; padding: 0; border: 0; break-before: page; }
  section:first-child { break-before: auto; }
  .picture { break-inside: avoid; margin-bottom: 8mm; }
  figure { overflow: visible; }
  details { display: none; }
  table { max-height: none; }
}`
