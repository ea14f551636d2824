"""The one style sheet of tables, notes and cards.

Colours are JupyterLab's own where it defines them, so that light and dark themes both read well; elsewhere the fallbacks hold.
"""

_SHEET = """
.seg, .seg-page {
  --seg-ink: var(--jp-content-font-color1, #1f2328);
  --seg-soft: var(--jp-content-font-color2, #57606a);
  --seg-line: var(--jp-border-color2, #d0d7de);
  --seg-tint: rgba(127, 140, 155, 0.12);
  --seg-blue: #0072b2;
  --seg-green: #009e73;
  --seg-amber: #e69f00;
  --seg-red: #d55e00;
}
.seg { color: var(--seg-ink); font-size: 14px; line-height: 1.5; max-width: 860px; }
.widget-html > .widget-html-content { min-width: 0; }
.seg-stale > .widget-html-content > .seg { opacity: 0.4; transition: opacity 0.3s 0.3s; }
.seg-stale::before {
  content: "Being updated …"; display: block; font-size: 12px; font-style: italic; height: 0; overflow: visible;
  color: var(--jp-content-font-color2, #57606a); animation: seg-appear 0.1s 0.8s both;
}
.seg-stale.seg-stopped::before { content: "Not worked out again: this still shows your earlier choice."; }
.seg-tabs { --jp-widgets-horizontal-tab-width: 190px; }
.seg-working { animation: seg-appear 0.1s 0.8s both; }
@keyframes seg-appear { from { visibility: hidden; } to { visibility: visible; } }
.seg p { margin: 0.4em 0; }
.seg-hint, .seg-saved { color: var(--jp-content-font-color2, #57606a); font-size: 12px; line-height: 1.4; }
.seg-fault { color: #a33c00; font-size: 13px; line-height: 1.4; font-weight: 600; }
.seg-wrong input, .seg-wrong textarea, .seg-wrong select { border: 2px dashed #d55e00 !important; }
.seg-calendar input { width: 2.6em; min-width: 0; }
.seg-calendar input::-webkit-datetime-edit { display: none; }
.seg-banner li a { text-decoration: none; }
.seg-banner li:has(a):hover { border-color: var(--seg-blue); background: var(--seg-tint); }
.seg a { color: var(--jp-content-link-color, #0b5cad); }
.seg-scroll { overflow-x: auto; margin: 0.6em 0; }
.seg table.seg-table { border-collapse: collapse; border: none; font-size: 13px; margin: 0; table-layout: auto; }
.seg .seg-table caption { caption-side: top; text-align: left; font-weight: 600; color: var(--seg-ink); padding: 0 0 0.4em; }
.seg .seg-table th, .seg .seg-table td {
  padding: 0.32em 0.9em 0.32em 0; text-align: left; vertical-align: top; border: none;
  border-bottom: 1px solid var(--seg-line); background: transparent; color: var(--seg-ink);
  white-space: normal; max-width: 30em;
}
.seg .seg-table thead th { border-bottom: 2px solid var(--seg-soft); font-weight: 600; vertical-align: bottom; }
.seg .seg-table tbody th { font-weight: 500; }
.seg .seg-table tbody th, .seg .seg-table tbody td:not(.seg-num) { min-width: 6.5em; }
.seg .seg-table tbody tr { background: transparent; }
.seg .seg-table .seg-num { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; padding-left: 0.6em; }
.seg .seg-table thead .seg-num { white-space: normal; }
.seg .seg-table .seg-more { color: var(--seg-soft); font-style: italic; }
.seg-note {
  border-left: 4px solid var(--seg-blue); background: var(--seg-tint); padding: 0.5em 0.9em; margin: 0.6em 0;
  border-radius: 3px;
}
.seg-note p { margin: 0.15em 0; }
.seg-note .seg-kind { font-weight: 700; }
.seg .seg-files { margin: 0.3em 0; padding-left: 1.4em; }
.seg-answer { border-left-color: var(--seg-green); }
.seg-warning { border-left: 4px double var(--seg-amber); border-left-width: 6px; }
.seg-error { border-left-color: var(--seg-red); border-left-style: dashed; }
.seg-banner { border-bottom: 1px solid var(--seg-line); padding: 0.2em 0 0.6em; margin-bottom: 0.4em; }
.seg div.seg-banner ol { list-style: none; display: flex; flex-wrap: wrap; gap: 0.35em; padding: 0; margin: 0 0 0.5em; }
.seg-banner li {
  padding: 0.1em 0.7em; border: 1px solid var(--seg-line); border-radius: 1em; font-size: 12px;
  color: var(--seg-soft); margin: 0;
}
.seg-banner li[aria-current] { border: 2px solid var(--seg-blue); color: var(--seg-ink); font-weight: 700; }
.seg-banner .seg-where { font-weight: 600; }
.seg-banner .seg-links { display: flex; gap: 1.5em; }
.seg-card {
  border: 1px solid var(--seg-line); border-top: 4px solid var(--seg-blue); border-radius: 4px;
  padding: 0.6em 1em 0.8em; margin: 0.7em 0;
}
.seg-card .seg-title { font-size: 17px; font-weight: 700; margin: 0; }
.seg-card .seg-under { color: var(--seg-soft); margin: 0 0 0.5em; }
.seg-card dl { display: grid; grid-template-columns: minmax(8em, 11em) 1fr; gap: 0.25em 1em; margin: 0.5em 0 0; }
div.seg-card dl dt { color: var(--seg-soft); font-weight: 600; margin: 0; width: auto; float: none; }
div.seg-card dl dd { margin: 0; width: auto; overflow-wrap: anywhere; }
.seg-open { color: var(--seg-soft); font-style: italic; }
.seg-tag { border: 1px solid var(--seg-soft); border-radius: 1em; padding: 0 0.6em; font-size: 12px; white-space: nowrap; }
.seg-verdict {
  border: 1px solid var(--seg-line); border-left: 6px solid var(--seg-blue); border-radius: 3px; padding: 0.6em 1em;
  margin: 0.7em 0;
}
.seg-verdict .seg-title { font-weight: 700; font-size: 16px; margin: 0; }
.seg-natural { border-left-color: var(--seg-green); }
.seg-constructed { border-left-color: var(--seg-amber); border-left-style: double; }
.seg-none, .seg-too_few { border-left-color: var(--seg-red); border-left-style: dashed; }
.seg-more-to-know { margin: 0.6em 0; }
.seg-more-to-know > summary { cursor: pointer; display: list-item; font-weight: 600; }
.seg-figure figcaption {
  color: var(--jp-content-font-color2, #57606a); font-size: 13px; max-width: 760px; margin-top: 0.3em;
}
"""

_EXPORTED = """
body.jp-Notebook .jp-CodeCell:has(.seg) > .jp-Cell-inputWrapper,
body:not(.notebook_app) #notebook .code_cell:has(.seg) > .input { display: none; }
body.jp-Notebook .jp-CodeCell:has(.seg) .jp-OutputPrompt,
body:not(.notebook_app) #notebook .code_cell:has(.seg) .output_prompt { visibility: hidden; }
"""
"""On a page that nbconvert's templates `lab` and `classic` made (not in a notebook at work), the code is out of the way."""

STYLE = " ".join((_SHEET + _EXPORTED).split())
"""The style sheet in one line; it names nothing outside the page."""
