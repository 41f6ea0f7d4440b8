import type { Content } from "../framework/exchange.ts";
import {
	filterName,
	type ListChange,
	type ListColumn,
	type ListDefinition,
	type ListPage,
	type ListState,
	listQuery,
	searchName,
	sortName,
} from "../framework/list.ts";
import { Icon } from "./icon.tsx";
import { EmptyState } from "./parts.tsx";

/** A page of a list with its state and where it lives. */
export interface ListProps<Row> {
	readonly list: ListDefinition<Row>;
	readonly page: ListPage<Row>;
	readonly state: ListState;
	/** Address (path and query) of the fragment that htmx reloads. */
	readonly fragmentUrl: string;
	/** Address of the page whose query keeps the state; the list stands alone on it. Without it the fragment's address is used. */
	readonly pageUrl?: string;
	/** Address of the CSV export, if there is one. */
	readonly exportUrl?: string;
	/** Stands at the left of the toolbar. */
	readonly toolbar?: Content;
}

const shownPages = 10;

/** The one table of lists: header cells sort, search and filter; state in the address; works without JavaScript. */
export function List<Row>(props: ListProps<Row>) {
	const { list, page } = props;
	const links = new ListLinks(props);
	const narrowed = props.state.search !== null || Object.keys(props.state.filters).length > 0;
	return (
		<div class="list" id={`list-${list.name}`}>
			<div class="list-toolbar">
				<p class="list-total">{totalText(page, narrowed)}</p>
				{props.toolbar}
				<div class="list-tools">
					{narrowed && (
						<a class="btn btn-sm" href={links.href({ search: null }, true)} {...links.partial({ search: null }, true)}>
							<Icon name="x" />
							Clear filters
						</a>
					)}
					{props.exportUrl && page.total > 0 && (
						<a class="btn btn-sm" href={`${props.exportUrl}${links.query({})}`} download>
							<Icon name="table-export" />
							Export
						</a>
					)}
				</div>
			</div>
			<section class="table-scroll" aria-label={`Table ${list.name}`}>
				<table class="table table-list">
					<thead>
						<tr>
							{list.columns.map((column) => (
								<HeaderCell column={column} state={props.state} links={links} listName={list.name} />
							))}
							{list.menu && (
								<th scope="col">
									<span class="visually-hidden">Actions</span>
								</th>
							)}
						</tr>
					</thead>
					<tbody>
						{page.rows.map((row) => (
							<tr {...(list.rowId ? { id: `${list.name}-${list.rowId(row)}` } : {})}>
								{list.columns.map((column) => (
									<td class={cellClass(column)} data-label={column.title}>
										{column.cell(row)}
									</td>
								))}
								{list.menu && <td class="cell-menu">{list.menu(row)}</td>}
							</tr>
						))}
						{page.rows.length === 0 && (
							<tr>
								<td colspan={list.columns.length + (list.menu ? 1 : 0)} class="cell-empty">
									{narrowed ? (
										<EmptyState icon="search" title="Nothing matches." hint="Change or clear the search and the filters." />
									) : (
										<EmptyState
											title={list.empty.title}
											{...(list.empty.hint ? { hint: list.empty.hint } : {})}
											action={list.empty.action}
										/>
									)}
								</td>
							</tr>
						)}
					</tbody>
				</table>
			</section>
			{page.pages > 1 && <Paging page={page} links={links} />}
		</div>
	);
}

/** Builds the addresses to which the parts of a list lead. */
class ListLinks<Row> {
	private readonly props: ListProps<Row>;
	private readonly others: URLSearchParams;
	constructor(props: ListProps<Row>) {
		this.props = props;
		this.others = new URL(props.fragmentUrl, "http://localhost").searchParams;
	}

	/** `?…` of the state after a change. */
	query(change: ListChange, withoutFilters = false): string {
		const state = withoutFilters ? { ...this.props.state, filters: {}, search: null } : this.props.state;
		const text = listQuery(this.props.list, state, change, this.others).toString();
		return text ? `?${text}` : "";
	}

	/** Address of a link, for use without JavaScript. */
	href(change: ListChange, withoutFilters = false): string {
		return `${this.page}${this.query(change, withoutFilters)}`;
	}

	/** The same link as a partial reload by htmx. */
	partial(change: ListChange, withoutFilters = false): Record<string, string> {
		const query = this.query(change, withoutFilters);
		return this.htmx(`${this.fragment}${query}`, query);
	}

	/** htmx attributes that load an address into the list. */
	htmx(url: string, query: string | null): Record<string, string> {
		return {
			"hx-get": url,
			"hx-target": `#list-${this.props.list.name}`,
			"hx-swap": "outerHTML",
			...(this.props.pageUrl && query !== null ? { "hx-replace-url": `${this.page}${query}` } : {}),
		};
	}

	/** Path of the page, or of the fragment where the list does not stand alone. */
	get page(): string {
		return new URL(this.props.pageUrl ?? this.props.fragmentUrl, "http://localhost").pathname;
	}

	/** Path of the fragment. */
	get fragment(): string {
		return new URL(this.props.fragmentUrl, "http://localhost").pathname;
	}

	/** The state as hidden fields of a form that will send `except` itself. */
	hiddenFields(change: ListChange, except: readonly string[]): [string, string][] {
		const parameters = listQuery(this.props.list, this.props.state, change, this.others);
		return [...parameters].filter(([name]) => !except.includes(name));
	}
}

/** Number of rows in words; an estimate is rounded to three figures. */
function totalText({ total, isTotalEstimated = false }: ListPage<unknown>, narrowed: boolean): string {
	const count = isTotalEstimated
		? `about ${total.toLocaleString("en", { maximumSignificantDigits: 3 })}`
		: total.toLocaleString("en");
	if (narrowed) return total === 1 ? "1 match" : `${count} matches`;
	return total === 1 ? "1 entry" : `${count} entries`;
}

function cellClass<Row>(column: ListColumn<Row>): string {
	return [column.numeric ? "cell-numeric" : "", column.mono ? "font-mono" : ""].filter(Boolean).join(" ");
}

interface HeaderProps<Row> {
	readonly column: ListColumn<Row>;
	readonly state: ListState;
	readonly links: ListLinks<Row>;
	readonly listName: string;
}

function HeaderCell<Row>(props: HeaderProps<Row>) {
	const { column, state, links } = props;
	const sorted = column.sort && state.sortBy === sortName(column);
	const next = sorted && state.sortOrder === "asc" ? "desc" : "asc";
	return (
		<th
			scope="col"
			class={column.numeric ? "cell-numeric" : ""}
			{...(sorted ? { "aria-sort": state.sortOrder === "asc" ? "ascending" : "descending" } : {})}
		>
			<div class="list-head">
				{column.sort ? (
					<a
						class={`list-sort${sorted ? " is-active" : ""}`}
						href={links.href({ sort: { by: sortName(column), order: next } })}
						{...links.partial({ sort: { by: sortName(column), order: next } })}
					>
						{column.title}
						<Icon name={sorted ? (state.sortOrder === "asc" ? "arrow-up" : "arrow-down") : "arrows-sort"} />
					</a>
				) : (
					<span>{column.title}</span>
				)}
				{column.search && <HeaderSearch {...props} />}
				{column.filter && column.filter.length > 0 && <HeaderFilter {...props} />}
			</div>
		</th>
	);
}

function HeaderSearch<Row>({ column, state, links, listName }: HeaderProps<Row>) {
	const name = searchName(column);
	const word = state.search?.field === name ? state.search.word : "";
	const id = `${listName}-search-${name}`;
	return (
		<details class="list-popup" data-popup="" {...(word ? { open: true } : {})}>
			<summary class={word ? "is-active" : ""} aria-label={`Search ${column.title}`} data-tooltip={`Search ${column.title}`}>
				<Icon name="search" />
			</summary>
			<form
				method="get"
				action={links.page}
				class="list-search"
				{...links.htmx(links.fragment, null)}
				hx-trigger="submit, input changed delay:400ms"
				data-list-search=""
			>
				{links.hiddenFields({ search: null }, [name, "sort_by", "sort_order"]).map(([key, value]) => (
					<input type="hidden" name={key} value={value} />
				))}
				<label class="visually-hidden" for={id}>
					Search {column.title}
				</label>
				<input
					id={id}
					class="form-control form-control-sm"
					type="search"
					name={name}
					value={word}
					autocomplete="off"
					maxlength={256}
				/>
				<a
					class="btn btn-sm btn-icon"
					aria-label="Clear the search"
					href={links.href({ search: null })}
					{...links.partial({ search: null })}
				>
					<Icon name="x" />
				</a>
			</form>
		</details>
	);
}

function HeaderFilter<Row>({ column, state, links }: HeaderProps<Row>) {
	const name = filterName(column);
	const chosen = state.filters[name] ?? [];
	const options = column.filter ?? [];
	return (
		<details class="list-popup" data-popup="">
			<summary
				class={chosen.length > 0 ? "is-active" : ""}
				aria-label={`Filter ${column.title}`}
				data-tooltip={`Filter ${column.title}`}
			>
				<Icon name={chosen.length > 0 ? "filter-filled" : "filter"} />
			</summary>
			<form method="get" action={links.page} class="list-filter" {...links.htmx(links.fragment, null)}>
				{links.hiddenFields({}, [`${name}_in`, "page"]).map(([key, value]) => (
					<input type="hidden" name={key} value={value} />
				))}
				{options.length > 8 && (
					<input
						type="search"
						class="form-control form-control-sm"
						placeholder="Narrow the options"
						aria-label="Narrow the options"
						data-narrow=""
					/>
				)}
				<fieldset class="list-filter-options">
					<legend class="visually-hidden">{column.title}</legend>
					{options.map((option) => (
						<label class="form-check">
							<input
								type="checkbox"
								class="form-check-input"
								name={`${name}_in`}
								value={String(option.id)}
								{...(chosen.includes(option.id) ? { checked: true } : {})}
							/>
							<span class="form-check-label">{option.label}</span>
						</label>
					))}
				</fieldset>
				<div class="list-filter-actions">
					<button type="button" class="btn btn-sm" data-select-all="">
						Select all
					</button>
					<a
						class="btn btn-sm"
						href={links.href({ filter: { name, ids: [] } })}
						{...links.partial({ filter: { name, ids: [] } })}
					>
						Clear
					</a>
					<button type="submit" class="btn btn-sm btn-primary">
						Apply
					</button>
				</div>
			</form>
		</details>
	);
}

/** « first, up to ten numbers around the present one, » last. */
function Paging<Row>({ page, links }: { page: ListPage<Row>; links: ListLinks<Row> }) {
	const first = Math.max(0, Math.min(page.page - Math.floor(shownPages / 2), page.pages - shownPages));
	const numbers = Array.from({ length: Math.min(shownPages, page.pages) }, (_, index) => first + index);
	return (
		<nav class="list-paging" aria-label="Pages">
			<a class="page-link" aria-label="First page" href={links.href({ page: 0 })} {...links.partial({ page: 0 })}>
				<Icon name="chevrons-left" />
			</a>
			{numbers.map((number) => (
				<a
					class={`page-link${number === page.page ? " is-present" : ""}`}
					aria-label={`Page ${number + 1}`}
					{...(number === page.page ? { "aria-current": "page" } : {})}
					href={links.href({ page: number })}
					{...links.partial({ page: number })}
				>
					{number + 1}
				</a>
			))}
			<a
				class="page-link"
				aria-label="Last page"
				href={links.href({ page: page.pages - 1 })}
				{...links.partial({ page: page.pages - 1 })}
			>
				<Icon name="chevrons-right" />
			</a>
			<span class="list-paging-total">
				Page {page.page + 1} of {page.pages}
			</span>
		</nav>
	);
}
