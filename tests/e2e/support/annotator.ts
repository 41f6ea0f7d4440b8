/** Drives an annotation as a customer does: forms by their labels, sheets by real Ctrl+V; what a step asks comes from the HTTP API. */
import type { Locator, Page } from "playwright-core";
import { expect } from "vitest";
import type { BadBody, Body, Definition } from "../../../packages/web/src/features/api/testing/annotation-families.ts";
import { cell, confirmYes } from "./steps.ts";

/** Cells as they stand on the clipboard. */
type Cells = readonly (readonly string[])[];

/** The open run of a window. */
export class Annotator {
	readonly page: Page;
	private readonly url: string;
	private readonly token: string;
	private run = "";

	constructor(page: Page, url: string, token: string) {
		this.page = page;
		this.url = url;
		this.token = token;
	}

	/** Starts the annotation from the page of the request. */
	async start(): Promise<void> {
		await this.page.getByRole("button", { name: "Add samples", exact: true }).click();
		await this.page.locator("form.step-form").waitFor();
		this.run = /annotation\/([0-9a-f-]{36})/.exec(this.page.url())?.[1] ?? "";
	}

	/** The open step, once the page shows it. */
	async readStep(): Promise<Definition> {
		const response = await fetch(`${this.url}/api/v1/workflow-runs/${this.run}/`, {
			headers: { authorization: `Bearer ${this.token}` },
		});
		if (!response.ok) throw new Error(`${response.status} ${await response.text()}`);
		const { current } = (await response.json()) as { current: Definition };
		await this.formOf(current.name).waitFor();
		if (current.kind === "sheet") await cell(this.page, 0, 0).waitFor();
		return current;
	}

	/** Fills in what is wrong, sees it marked and refused, mends it by the proposed repair, if there is one. */
	async showMistake(step: Definition, good: Body, bad: BadBody): Promise<string> {
		if (step.kind === "form") return this.showMistakeInForm(step, good, bad);
		await this.fill(step, bad.body, true);
		const heading = bad.column;
		const jump = this.problemsOf(heading).getByRole("button", { name: new RegExp(`^Row ${bad.row}\\b`) });
		const isLive = await jump
			.first()
			.waitFor({ timeout: 1_500 })
			.then(
				() => true,
				() => false,
			);
		await this.pressNext();
		await this.page.getByText(/things? needs? a change/).waitFor();
		await jump.first().waitFor();
		await jump.first().click();
		await expect
			.poll(() => this.page.evaluate(() => document.activeElement?.getAttribute("data-rgrow")))
			.toBe(String(Number(bad.row) - 1));
		const focused = this.page.locator("revogr-data .rgCell:focus");
		await expect.poll(() => focused.getAttribute("aria-invalid"), { message: `${step.name}: the cell is marked` }).toBe("true");
		const message = (await focused.getAttribute("title")) ?? "";
		const repair = this.problemsOf(heading).locator("button.btn-outline-primary").first();
		if ((await repair.count()) === 0) return `${isLive ? "" : "(by the server) "}${message}`;
		const label = await repair.textContent();
		await repair.click();
		await expect.poll(() => this.problemsOf(heading).getByText(message).count(), { message: `${step.name}: ${label}` }).toBe(0);
		return `${message} → ${label}`;
	}

	private async showMistakeInForm(step: Definition, good: Body, bad: BadBody): Promise<string> {
		await this.fillForm(step, { ...good.values, [bad.column]: null, ...bad.body.values });
		await this.pressNext();
		const wrong = this.formOf(step.name).locator(".form-field.is-wrong", { has: this.page.locator(`[name="${bad.column}"]`) });
		await wrong.locator(".field-error").waitFor();
		return (await wrong.locator(".field-error").textContent()) ?? "";
	}

	/** Fills in a step: its named fields, and its sheet by pasting it at the first cell. */
	private async fill(step: Definition, body: Body, hasTitles: boolean): Promise<void> {
		if (body.values) await this.fillForm(step, body.values);
		const { columns, rows } = body;
		if (!columns || !rows) return;
		const texts = rows.map((row) => row.map((value) => (value === null ? "" : String(value))));
		await this.paste(hasTitles ? [[...columns], ...texts] : texts);
		if (hasTitles) await this.page.getByText("The first row was taken as titles").waitFor();
		const titles = step.columns?.map((column) => column.label) ?? [];
		const shown = hasTitles ? columns.map((title) => titles.indexOf(title)) : columns.map((_, at) => at);
		for (const [at, column] of shown.entries()) {
			const text = texts[0]?.[at] ?? "";
			const first = cell(this.page, 0, column);
			if (text !== "" && column >= 0 && (await first.count()) > 0) await expect.poll(() => first.textContent()).toContain(text);
		}
	}

	/** Puts cells on the real clipboard and pastes them with the real keys at the first cell. */
	async paste(cells: Cells): Promise<void> {
		const { page } = this;
		await page.evaluate((value) => navigator.clipboard.writeText(value), cells.map((row) => row.join("\t")).join("\r\n"));
		await page.locator(".sheet-island").scrollIntoViewIfNeeded();
		await cell(page, 0, 0).click();
		// The grid takes the focus with its next frame; nobody's fingers are faster.
		await page
			.getByText(/^Row 1, /)
			.first()
			.waitFor();
		await page.waitForTimeout(300);
		await page.keyboard.press("Control+V");
	}

	private async fillForm(step: Definition, values: Readonly<Record<string, unknown>>): Promise<void> {
		for (const field of step.fields) {
			if (!(field.name in values)) continue;
			const value = values[field.name];
			const control = this.page.getByLabel(field.label).and(this.page.locator(`[name="${field.name}"]:not([type=hidden])`));
			if (await control.isDisabled()) continue;
			if (field.type === "checkbox") await control.setChecked(value === true);
			else if (field.type === "choice") await choose(control, value);
			else if (field.type !== "readOnly" && field.type !== "project") await control.fill(value === null ? "" : String(value));
		}
	}

	/** Fills in a step and submits it; fails with what the page says when it is refused. */
	async submit(step: Definition, body: Body): Promise<void> {
		await this.fill(step, body, true);
		await this.pressNext();
		const refusals = this.page.locator(".step-form .notice-error, .step-form .field-error");
		expect(await refusals.allTextContents(), step.name).toEqual([]);
	}

	/** Submits the step; the answer is there when this returns. */
	async pressNext(): Promise<void> {
		const answered = this.page.waitForResponse(
			(response) => response.request().method() === "POST" && /annotation\/.*\/$/.test(response.url()),
		);
		await this.page.getByRole("button", { name: "Next", exact: true }).click();
		await answered;
		await this.page.waitForLoadState("load");
	}

	/** Counts that the drawing of the review names, by the words of it. */
	async readDrawing(): Promise<string> {
		const drawing = this.page.locator("[data-island=flow] [role=img]");
		await drawing.locator("svg").waitFor();
		return (await drawing.getAttribute("aria-label")) ?? "";
	}

	/** Completes; ends on the page of the request. */
	async complete(): Promise<void> {
		await this.page.getByRole("button", { name: "Complete", exact: true }).click();
		await confirmYes(this.page);
		await this.page.getByText(/\d+ librar(y|ies) added/).waitFor();
	}

	/** Number on a tab of the request's page; 0 for a tab that is not there. */
	async readCount(tab: string): Promise<number> {
		const shown = this.page.getByRole("tab", { name: new RegExp(`^${tab}\\b`) });
		return (await shown.count()) === 0 ? 0 : Number(/\d+/.exec((await shown.textContent()) ?? "")?.[0] ?? 0);
	}

	private formOf(step: string): Locator {
		return this.page.locator(`form.step-form[action$="/${step}/"]`);
	}

	private problemsOf(column: string): Locator {
		return this.page.locator(".sheet-group", { has: this.page.locator(".sheet-group-head strong", { hasText: column }) });
	}
}

/** Picks an option by its value; nothing where there is no such option. */
async function choose(control: Locator, value: unknown): Promise<void> {
	const options = await control.locator("option").evaluateAll((all) => all.map((option) => option.getAttribute("value")));
	await control.selectOption(options.includes(String(value)) ? String(value) : "");
}
