import { fonts } from '../charts/drawing/display'
import { tokens, type Theme } from '../charts/drawing/tokens'
import type { PageStyle } from './page-style'

/** How a report looks, on screen and on paper: the window's type and colours, light or dark as the reader's system. */
export function styleSheet(style: PageStyle): string {
  return `
:root { color-scheme: light dark; ${colorVariables('light')}; ${style.colors('light')} }
@media screen and (prefers-color-scheme: dark) { :root { ${colorVariables('dark')}; ${style.colors('dark')} } }
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 1480px; display: grid; grid-template-columns: 232px minmax(0, 1fr); background: var(--panel);
  color: var(--ink); font: 14px/1.5 ${fonts.sans}; font-variant-numeric: tabular-nums; }
a { color: inherit; text-decoration: none; }
a:hover, a:focus-visible { color: var(--acc); }
nav { position: sticky; top: 0; align-self: start; max-height: 100vh; overflow: auto; padding: 40px 8px 40px 24px;
  font-size: 12.5px; color: var(--ink2); }
nav > a { display: block; margin: 12px 0 2px; font-weight: 650; color: var(--ink); }
nav ol { margin: 0; padding: 0 0 0 26px; }
nav li::marker { color: var(--ink3); }
main { padding: 40px 32px 80px; }
header { padding-bottom: 24px; border-bottom: 2px solid var(--ink); }
header p { margin: 0; color: var(--acc); font-weight: 600; }
h1 { margin: 0 0 16px; font-size: 32px; line-height: 1.15; letter-spacing: -0.01em; overflow-wrap: anywhere; }
h2 { margin: 48px 0 0; font-size: 22px; line-height: 1.2; scroll-margin-top: 16px; }
h3 { margin: 0 0 8px; font-size: 16px; line-height: 1.3; }
h3 span { display: inline-block; min-width: 24px; color: var(--ink3); font-weight: 400; }
h4 { margin: 12px 0 6px; font-size: 13px; color: var(--ink2); }
section { margin-top: 20px; padding-top: 16px; border-top: 1px solid var(--line); scroll-margin-top: 8px; }
dl { display: grid; gap: 4px; margin: 0; font-size: 13px; color: var(--ink2); }
dl div { display: grid; grid-template-columns: 92px minmax(0, 1fr); gap: 8px; }
dt { color: var(--ink3); }
dd { margin: 0; overflow-wrap: anywhere; }
.definition { grid-template-columns: repeat(auto-fit, minmax(min(360px, 100%), 1fr)); gap: 4px 32px; margin-top: 14px;
  padding: 10px 14px; border-radius: 6px; background: var(--raised); font-size: 12.5px; }
.published { color: var(--bad); }
code, pre { font: 12px/1.45 ${fonts.mono}; }
.variants { display: flex; flex-wrap: wrap; gap: 4px 32px; }
.variant { min-width: 0; max-width: 100%; }
.pictures { display: flex; flex-wrap: wrap; gap: 16px 24px; align-items: flex-start; }
figure { margin: 0; max-width: 100%; break-inside: avoid; }
figure > svg { display: block; max-width: 100%; height: auto; }
figcaption { margin-top: 4px; max-width: 640px; font-size: 12.5px; color: var(--ink2); }
figcaption small { margin-left: 6px; font-size: 11px; color: var(--ink3); }
.command { margin: 8px 0 0; color: var(--ink3); overflow-wrap: anywhere; }
details { max-width: 760px; font-size: 12px; }
summary { width: max-content; cursor: pointer; color: var(--ink3); }
summary:hover { color: var(--acc); }
pre { margin: 4px 0 8px; padding: 10px 14px; max-height: 360px; overflow: auto; border-radius: 6px; background: var(--raised); }
table { display: block; max-width: 100%; max-height: 340px; overflow: auto; border-collapse: collapse; font-size: 12px; }
caption { text-align: left; color: var(--ink3); }
th, td { padding: 1px 12px 1px 0; border-bottom: 1px solid var(--line); text-align: left; white-space: nowrap; font-weight: 400; }
th { color: var(--ink3); }
@media (max-width: 900px) { body { display: block; } nav { position: static; max-height: none; padding: 24px; columns: 2; } main { padding: 16px; } }
@media print {
  @page { margin: 14mm; }
  body { display: block; max-width: none; font-size: 10pt; }
  main { padding: 0; }
  nav, details, .command { display: none; }
  h2, h3, h4 { break-after: avoid; }
  table { max-height: none; }
}
${style.classes()}
`
}

/** The window's colours that pages use for everything but pictures. */
const named = ['panel', 'raised', 'line', 'ink', 'ink2', 'ink3', 'acc', 'bad'] as const

/** Declarations of the window's colours in a theme. */
export function colorVariables(theme: Theme): string {
  return named.map((name) => `--${name}: ${tokens[theme][name]}`).join('; ')
}
