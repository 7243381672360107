import { fonts } from '../charts/display'
import { tokens } from '../charts/tokens'

const { panel, raised, line, ink, ink2, ink3, acc } = tokens.light

/** How a report looks, on screen and on paper: the window's light colours and type. */
export const styleSheet = `
:root { color-scheme: light; }
* { box-sizing: border-box; }
body { margin: 0; display: grid; grid-template-columns: 220px minmax(0, 1fr); background: ${raised}; color: ${ink};
  font: 14px/1.5 ${fonts.sans}; }
nav { position: sticky; top: 0; align-self: start; max-height: 100vh; overflow: auto; padding: 24px 0 24px 20px; }
nav ol { margin: 0; padding: 0; list-style: none; }
nav a { display: block; padding: 2px 8px; color: ${ink2}; font-size: 13px; text-decoration: none; }
nav a:hover, nav a:focus-visible { color: ${acc}; }
main { max-width: 1200px; padding: 32px 24px 64px; }
h1 { margin: 0 0 12px; font-size: 28px; line-height: 1.2; }
h2 { margin: 0 0 8px; font-size: 18px; }
h3 { margin: 16px 0 8px; font-size: 14px; color: ${ink2}; }
header, section { padding: 20px; border: 1px solid ${line}; border-radius: 6px; background: ${panel}; }
section { margin-top: 16px; scroll-margin-top: 8px; }
dl { display: grid; gap: 2px; margin: 0 0 12px; font-size: 13px; color: ${ink2}; }
dl div { display: grid; grid-template-columns: 150px minmax(0, 1fr); gap: 8px; }
dt { color: ${ink3}; }
dd { margin: 0; overflow-wrap: anywhere; }
code, .number { font-family: ${fonts.mono}; font-size: 12px; font-variant-numeric: tabular-nums; }
.variants { display: flex; flex-wrap: wrap; gap: 0 32px; }
.variant { max-width: 100%; }
.pictures { display: flex; flex-wrap: wrap; gap: 16px; align-items: flex-start; }
figure { margin: 0; max-width: 100%; }
figure svg { display: block; max-width: 100%; height: auto; }
figcaption { font-size: 13px; color: ${ink2}; }
.command { margin: 8px 0 0; color: ${ink3}; overflow-wrap: anywhere; }
details { max-width: 520px; font-size: 12px; }
summary { cursor: pointer; color: ${ink3}; }
details table { display: block; max-height: 320px; overflow: auto; }
table { border-collapse: collapse; font-size: 12px; }
caption { padding: 4px 0; text-align: left; color: ${ink3}; }
th, td { padding: 1px 8px 1px 0; border-bottom: 1px solid ${line}; text-align: left; white-space: nowrap; }
td.number { text-align: right; }
@media (max-width: 900px) { body { display: block; } nav { position: static; max-height: none; } }
@media print { nav, details { display: none; } body { display: block; background: none; } section { break-inside: avoid-page; } }
`
