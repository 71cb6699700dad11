/** Colours by day. Text and ground keep a contrast of at least 4.5, here and by night. */
export const LIGHT = `
  --page: #f7f6f3; --sheet: #ffffff; --ink: #1d1f24; --soft: #5d626d; --line: #dfdcd5;
  --per: #1a56b8; --per-ground: #dde9fd; --org: #8a4b00; --org-ground: #fdebcf;
  --loc: #17693b; --loc-ground: #d9f3e1; --misc: #6d3a91; --misc-ground: #f0e2fa;
  --shadow: 0 8px 28px rgb(20 22 30 / .18);
`.trim()

/** Colours by night. */
export const DARK = `
  --page: #14161a; --sheet: #1c1f25; --ink: #e6e7ea; --soft: #a0a6b2; --line: #343841;
  --per: #9cc4ff; --per-ground: #1f3559; --org: #ffc983; --org-ground: #4a3312;
  --loc: #8fe0ae; --loc-ground: #173f29; --misc: #dcb3f7; --misc-ground: #41264f;
  --shadow: 0 8px 28px rgb(0 0 0 / .55);
`.trim()

/**
 * What the page is made of, in these colours; shared with the playground. Types differ by colour and by the line under the
 * mention, so that colour is never alone.
 */
export const PARTS = `
* { box-sizing: border-box; }
html { -webkit-text-size-adjust: 100%; scroll-behavior: smooth; }
@media (prefers-reduced-motion: reduce) { html { scroll-behavior: auto; } }
body { margin: 0; background: var(--page); color: var(--ink); font: 1rem/1.5 system-ui, sans-serif; }
a { color: inherit; text-underline-offset: .15em; }
:focus-visible { outline: 3px solid var(--per); outline-offset: 2px; border-radius: .25rem; }
.skip { position: absolute; left: -100vw; }
.skip:focus { left: 1rem; top: .5rem; background: var(--sheet); padding: .5rem 1rem; z-index: 3; }
.per { --name: var(--per); --ground: var(--per-ground); --under: solid; }
.org { --name: var(--org); --ground: var(--org-ground); --under: double; }
.loc { --name: var(--loc); --ground: var(--loc-ground); --under: dotted; }
.misc { --name: var(--misc); --ground: var(--misc-ground); --under: dashed; }
header, main { max-width: 76rem; margin: 0 auto; padding: 0 1.25rem; }
header { padding-top: 2rem; }
h1 { font-size: 1.5rem; line-height: 1.2; margin: 0 0 .25rem; overflow-wrap: anywhere; }
h2 { font-size: 1.15rem; margin: 0 0 1rem; overflow-wrap: anywhere; }
h3 { font-size: .8rem; letter-spacing: .06em; text-transform: uppercase; color: var(--soft); margin: 1.5rem 0 .25rem; }
.sum { color: var(--soft); margin: 0; }
.legend { display: flex; flex-wrap: wrap; gap: .5rem 1.25rem; list-style: none; margin: 1rem 0 1.5rem; padding: 0; font-size: .9rem; }
.doc { display: grid; grid-template-columns: minmax(0, 1fr) 21rem; gap: 1.5rem; align-items: start; margin-bottom: 3rem; }
.text, .list { background: var(--sheet); border: 1px solid var(--line); border-radius: .75rem; padding: 1.5rem; }
.text { font: 1.125rem/1.8 Georgia, "Times New Roman", serif; white-space: pre-wrap; overflow-wrap: anywhere; padding: 1.75rem 2rem; }
.list { font-size: .92rem; position: sticky; top: 1rem; max-height: calc(100vh - 2rem); overflow-y: auto; }
.list h3:first-child { margin-top: 0; }
.list ul { list-style: none; margin: 0; padding: 0; }
.list li { display: grid; grid-template-columns: minmax(0, 1fr) auto; gap: 0 .75rem; padding: .45rem 0; border-top: 1px solid var(--line); }
.list li:first-child { border-top: 0; }
.list .who { font-weight: 600; color: var(--name); text-decoration: none; overflow-wrap: anywhere; }
.list .who:hover { text-decoration: underline; }
.list .count { color: var(--soft); font-variant-numeric: tabular-nums; }
.list .forms { grid-column: 1 / -1; color: var(--soft); overflow-wrap: anywhere; }
.m { position: relative; }
mark { background: var(--ground); color: var(--name); border-bottom: 2px var(--under) var(--name); border-radius: .2rem; padding: .05em .1em; cursor: help; -webkit-box-decoration-break: clone; box-decoration-break: clone; }
.org > mark, mark.org { border-bottom-width: 4px; }
.host { border-bottom: 1px solid var(--line); }
.m:target > mark { box-shadow: 0 0 0 3px var(--name); }
.tip { display: none; position: absolute; left: 0; top: 100%; z-index: 2; width: max-content; max-width: min(20rem, 80vw); padding: .75rem .9rem; background: var(--sheet); color: var(--ink); border: 1px solid var(--line); border-top: 3px solid var(--name); border-radius: .5rem; box-shadow: var(--shadow); font: .9rem/1.4 system-ui, sans-serif; white-space: normal; user-select: none; }
.m:hover:not(:has(.m:hover)) > .tip, .m:focus-within:not(:has(.m:focus-within)) > .tip { display: block; }
.tip b, .tip span, .tip a { display: block; overflow-wrap: anywhere; }
.tip b { color: var(--name); font-size: 1rem; }
.tip span { color: var(--soft); }
.tip a { display: inline-block; margin-top: .35rem; padding: .15rem 0; }
footer { color: var(--soft); font-size: .85rem; text-align: center; padding: 0 1rem 2rem; }
@media (max-width: 60rem) {
  .doc { grid-template-columns: minmax(0, 1fr); }
  .list { position: static; max-height: none; }
}
@media (max-width: 40rem) {
  header, main { padding-left: .75rem; padding-right: .75rem; }
  .text { padding: 1.1rem; }
  .tip { position: fixed; left: .75rem; right: .75rem; top: auto; bottom: .75rem; width: auto; max-width: none; }
}
@media print {
  .tip, .skip { display: none !important; }
  .doc { grid-template-columns: minmax(0, 1fr); }
  .list { position: static; max-height: none; overflow: visible; }
}
`.trim()

/** The page's style sheet. */
export const STYLE = `
:root {
  color-scheme: light dark;
  ${LIGHT}
}
@media (prefers-color-scheme: dark) {
  :root {
    ${DARK}
  }
}
${PARTS}
`.trim()
