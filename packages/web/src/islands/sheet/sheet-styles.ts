/**
 * The look of the sheet island. It uses Tabler's colour variables, so that dark mode follows the page, and is adopted by the document:
 * a content security policy does not stop that, and the stylesheet comes with the code that needs it.
 */
const css = `
.sheet-island { display: grid; gap: .5rem; min-width: 0; }
.sheet-island [hidden] { display: none; }
.sheet-toolbar { display: flex; flex-wrap: wrap; gap: .25rem .75rem; }
.sheet-toolbar-group { display: flex; flex-wrap: wrap; gap: .25rem; }
.sheet-find { display: flex; flex-wrap: wrap; gap: .25rem; align-items: center; }
.sheet-find input { width: 14rem; max-width: 100%; }
.sheet-find-count { color: var(--tblr-secondary, #667382); }
.sheet-notices { display: grid; gap: .25rem; }
.sheet-notices:empty { display: none; }
.sheet-island .sheet-notice { color: var(--tblr-body-color, #1f2937); display: flex; flex-wrap: wrap; gap: .5rem; align-items: center; margin: 0; padding: .5rem .75rem; }
.sheet-notice > span { flex: 1 1 16rem; }
.sheet-grid-host { height: clamp(18rem, 60vh, 48rem); min-width: 0; border: 1px solid var(--tblr-border-color, #dadfe5); border-radius: 4px; overflow: hidden; }
.sheet-island revo-grid.sheet-grid {
	height: 100%;
	color-scheme: inherit;
	color: var(--tblr-body-color, #1f2937);
	background: var(--tblr-bg-surface, #fff);
	font-family: inherit;
	--revo-grid-font-size: .8125rem;
	--revo-grid-background: var(--tblr-bg-surface, #fff);
	--revo-grid-text: var(--tblr-body-color, #1f2937);
	--revo-grid-foreground: var(--tblr-body-color, #1f2937);
	--revo-grid-primary: var(--tblr-primary, #066fd1);
	--revo-grid-header-bg: var(--tblr-bg-surface-secondary, #f6f8fb);
	--revo-grid-header-color: var(--tblr-body-color, #1f2937);
	--revo-grid-header-border: var(--tblr-border-color, #dadfe5);
	--revo-grid-header-text-transform: none;
	--revo-grid-header-font-size: .8125rem;
	--revo-grid-header-font-weight: 600;
	--revo-grid-header-text-align: left;
	--revo-grid-header-height: 34px;
	--revo-grid-cell-padding: 0 6px;
	--revo-grid-cell-border: var(--tblr-border-color, #dadfe5);
	--revo-grid-cell-vertical-border: var(--tblr-border-color, #dadfe5);
	--revo-grid-row-headers-bg: var(--tblr-bg-surface-secondary, #f6f8fb);
	--revo-grid-row-headers-color: var(--tblr-secondary, #667382);
	--revo-grid-focused-bg: color-mix(in srgb, var(--tblr-primary, #066fd1) 8%, transparent);
	--revo-grid-row-hover: transparent;
	--revo-grid-cell-disabled-bg: var(--tblr-bg-surface-tertiary, #eef1f5);
}
.sheet-island revo-grid.sheet-grid:focus-visible { outline: 2px solid var(--tblr-primary, #066fd1); outline-offset: -2px; }
.sheet-island revo-grid.sheet-grid .rgCell { white-space: nowrap; overflow: hidden; text-overflow: ellipsis; outline: none; }
.sheet-island revo-grid.sheet-grid .rgCell.sheet-choice { padding-right: 18px; position: absolute; }
.sheet-island revo-grid.sheet-grid .rgCell.sheet-choice::after { content: "▾"; position: absolute; right: 5px; top: 0; opacity: .55; pointer-events: none; }
.sheet-island revo-grid.sheet-grid .rgHeaderCell .header-content { padding: 0 6px; white-space: nowrap; overflow: hidden; text-overflow: ellipsis; }
.sheet-required { color: var(--tblr-red, #d63939); margin-left: 2px; }
.sheet-island .sheet-invalid, .sheet-island revo-grid.sheet-grid .rgCell.sheet-invalid { background: #F5B7B1; color: #1b1f24; }
.sheet-island .sheet-missing, .sheet-island revo-grid.sheet-grid .rgCell.sheet-missing { background: #FAD7A0; color: #1b1f24; }
.sheet-island .sheet-duplicate, .sheet-island revo-grid.sheet-grid .rgCell.sheet-duplicate { background: #D7BDE2; color: #1b1f24; }
.sheet-island .sheet-swatch.sheet-warning, .sheet-island revo-grid.sheet-grid .rgCell.sheet-warning { box-shadow: inset 0 -3px 0 var(--tblr-yellow, #f59f00); }
.sheet-island revo-grid.sheet-grid .rgCell.sheet-found { box-shadow: inset 0 0 0 2px var(--tblr-yellow, #f59f00); }
.sheet-island revo-grid.sheet-grid revogr-edit input { width: 100%; height: 100%; border: 0; padding: 0 6px; font: inherit; color: var(--tblr-body-color, #1f2937); background: var(--tblr-bg-surface, #fff); outline: 2px solid var(--tblr-primary, #066fd1); outline-offset: -2px; }
.sheet-options { position: fixed; inset: auto; margin: 0; padding: 2px; overflow-y: auto; box-sizing: border-box; font-size: .8125rem; color: var(--tblr-body-color, #1f2937); background: var(--tblr-bg-surface, #fff); border: 1px solid var(--tblr-border-color, #dadfe5); border-radius: 4px; box-shadow: 0 4px 12px rgb(0 0 0 / .2); }
.sheet-options [role=option] { padding: 4px 8px; cursor: pointer; border-radius: 3px; }
.sheet-options [role=option]:hover { background: var(--tblr-bg-surface-secondary, #f6f8fb); }
.sheet-options [role=option][aria-selected=true] { background: var(--tblr-primary, #066fd1); color: #fff; }
.sheet-options-more { padding: 4px 8px; color: var(--tblr-secondary, #667382); }
.sheet-foot { display: flex; flex-wrap: wrap; gap: .25rem 1rem; justify-content: space-between; min-height: 1.4em; font-size: .8125rem; }
.sheet-cell-line { flex: 1 1 18rem; }
.sheet-cell-message { font-weight: 600; }
.sheet-save-status { color: var(--tblr-secondary, #667382); }
.sheet-problems-head { display: flex; flex-wrap: wrap; gap: .25rem 1.5rem; align-items: center; }
.sheet-summary { margin: 0; font-weight: 600; }
.sheet-legend { display: flex; flex-wrap: wrap; gap: .25rem 1rem; font-size: .8125rem; }
.sheet-legend-entry { display: inline-flex; gap: .4rem; align-items: center; }
.sheet-swatch { display: inline-block; width: .9em; height: .9em; border-radius: 2px; border: 1px solid rgb(0 0 0 / .25); margin-right: .35em; vertical-align: -1px; }
.sheet-group { margin-top: .5rem; }
.sheet-group-head { display: flex; flex-wrap: wrap; gap: .5rem; align-items: center; }
.sheet-messages { margin: .25rem 0 0; padding-left: 1rem; list-style: none; font-size: .875rem; }
.sheet-messages li { padding: 2px 0 2px 1.35rem; position: relative; }
.sheet-messages .sheet-swatch { position: absolute; left: 0; top: .45em; }
.sheet-messages .btn { margin: 0 .25rem 0 0; padding: 0 .35rem; min-height: 24px; white-space: normal; text-align: left; }
.sheet-island .sheet-jump, .sheet-island .btn-outline-primary:not(:hover) { color: var(--tblr-link-color, #066fd1); }
.sheet-jump { text-decoration: underline; }
.sheet-help-parts { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(20rem, 100%), 1fr)); gap: 1rem; font-size: .875rem; }
.sheet-help dd { margin: 0 0 .35rem 0; }
.sheet-dialog { border: 1px solid var(--tblr-border-color, #dadfe5); border-radius: 6px; color: var(--tblr-body-color, #1f2937); background: var(--tblr-bg-surface, #fff); min-width: min(24rem, 90vw); }
.sheet-mapping { width: min(46rem, 94vw); }
.sheet-mapping-table { max-height: 55vh; overflow: auto; }
.sheet-mapping-table th { vertical-align: middle; padding-left: .75rem; }
.sheet-mapping-values { max-width: 16rem; overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
.sheet-mapping-line { display: flex; gap: .5rem; align-items: center; margin-bottom: .5rem; white-space: nowrap; }
.sheet-menu { position: relative; }
.sheet-menu > summary { list-style: none; }
.sheet-menu > summary::-webkit-details-marker { display: none; }
.sheet-menu > summary::after { content: " ▾"; white-space: pre; }
.sheet-menu-entries { position: absolute; z-index: 20; top: 100%; left: 0; display: grid; gap: .25rem; min-width: 12rem; margin-top: .25rem; padding: .5rem; border: 1px solid var(--tblr-border-color, #dadfe5); border-radius: 6px; background: var(--tblr-bg-surface, #fff); box-shadow: 0 .25rem .75rem rgb(0 0 0 / .15); }
.sheet-dialog-buttons { display: flex; gap: .5rem; margin-top: .75rem; }
`;

let sheet: CSSStyleSheet | null = null;

/** Adds the styles to the document, once. */
export function adoptSheetStyles(): void {
	if (!sheet) {
		sheet = new CSSStyleSheet();
		sheet.replaceSync(css);
	}
	if (!document.adoptedStyleSheets.includes(sheet)) {
		document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
	}
}

/** Least width of a column whose title is to be read whole, star included: 13 px bold, in pixels. */
export function titleWidthPx(title: string): number {
	return Math.ceil(title.length * 7.7) + 26;
}
