import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { type Browser, type BrowserContext, chromium, type Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { type Harness, serveHarness } from "./harness/serve-harness.ts";

let harness: Harness;
let browser: Browser;
let context: BrowserContext;
let page: Page;
let violations: string[];

beforeAll(async () => {
	harness = await serveHarness();
	browser = await chromium.launch({
		executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
		args: [
			"--headless=new",
			"--no-sandbox",
			"--disable-gpu",
			"--disable-quic",
			"--no-first-run",
			"--disable-background-networking",
			"--disable-component-update",
			"--disable-sync",
		],
	});
});

afterAll(async () => {
	await browser?.close();
	await harness?.close();
});

beforeEach(async () => {
	context = await browser.newContext({ viewport: { width: 1300, height: 900 }, reducedMotion: "reduce" });
	await context.grantPermissions(["clipboard-read", "clipboard-write"], { origin: harness.url });
	violations = [];
	page = await openSheet("");
});

afterEach(async () => {
	await context.close();
	expect(violations).toEqual([]);
});

async function openSheet(query: string): Promise<Page> {
	const opened = await context.newPage();
	opened.on("console", (message) => {
		if (message.type() === "error") {
			violations.push(message.text());
		}
	});
	opened.on("pageerror", (error) => violations.push(error.message));
	await opened.goto(harness.url + query);
	await cell(0, 0, opened).waitFor();
	return opened;
}

function cell(row: number, column: number, on: Page = page) {
	return on.locator(`revogr-data[type="rgRow"][col-type="rgCol"] [data-rgrow="${row}"][data-rgcol="${column}"]`);
}

/** Clicks a cell; the grid takes the focus with its next frames, and nobody's other hand is faster. */
async function clickCell(row: number, column: number): Promise<void> {
	await cell(row, column).click();
	await page
		.getByText(new RegExp(`^Row ${row + 1}, `))
		.first()
		.waitFor();
	await page.waitForTimeout(200);
}

/** Puts the text on the clipboard and presses the real keys. */
async function paste(text: string, row: number, column: number): Promise<void> {
	await page.evaluate((value) => navigator.clipboard.writeText(value), text);
	await clickCell(row, column);
	await page.keyboard.press("Control+V");
}

async function submittedSheet(on: Page = page): Promise<{ columns: string[]; rows: (string | null)[][] }> {
	await on.getByRole("button", { name: "Submit" }).click();
	return JSON.parse((await on.locator("output").textContent()) ?? "null");
}

describe("pasting", () => {
	test("a table with titles from Excel fills the columns that the titles mean and grows the sheet", async () => {
		const text = [
			"Sample Name\tLibrary Name\tGenome\tProject\tLibrary Type\tSequencing Depth",
			...Array.from(
				{ length: 31 },
				(_, index) => `FB_untreated_${index + 1}\tFB_untreated_${index + 1}\thuman\tProject\tbulk\t100`,
			),
		].join("\r\n");
		await paste(text, 0, 0);
		await page.getByText("The first row was taken as titles").waitFor();
		await expect.poll(() => cell(0, 2).textContent()).toBe("human");
		const sheet = await submittedSheet();
		expect(sheet.rows).toHaveLength(31);
		expect(sheet.rows[0]?.slice(0, 5)).toEqual(["FB_untreated_1", "FB_untreated_1", "human", "Project", "bulk"]);
		expect(sheet.rows[30]?.[10]).toBe("100");
		await page.getByRole("button", { name: "Apply all 31 repairs" }).first().waitFor();
	});

	test("quoted cells with line breaks, tabs and quotation marks stay one cell", async () => {
		await paste('one_1\t"two\nlines ""quoted"""\nthree_3\tfour', 0, 0);
		await expect.poll(() => cell(1, 0).textContent()).toBe("three_3");
		const sheet = await submittedSheet();
		expect(sheet.rows.map((row) => row.slice(0, 2))).toEqual([
			["one_1", 'two\nlines "quoted"'],
			["three_3", "four"],
		]);
	});

	test("one undo takes a whole paste back, redo brings it again", async () => {
		await paste("first", 0, 0);
		await expect.poll(() => cell(0, 0).textContent()).toBe("first");
		await paste("aaaa\tbbbb\ncccc\tdddd", 2, 0);
		await expect.poll(() => cell(3, 1).textContent()).toBe("dddd");
		await page.keyboard.press("Control+Z");
		await expect.poll(() => cell(3, 1).textContent()).toBe("");
		expect(await cell(0, 0).textContent()).toBe("first");
		await page.keyboard.press("Control+Y");
		await expect.poll(() => cell(3, 1).textContent()).toBe("dddd");
	});

	test("a request of 1,536 rows of 12 cells arrives whole, 5,000 rows too, and one undo takes it back", async () => {
		for (const rowCount of [1536, 5000]) {
			const text = Array.from({ length: rowCount }, (_, row) =>
				Array.from({ length: 12 }, (_, column) => `r${row}c${column}`).join("\t"),
			).join("\n");
			await paste(text, 0, 0);
			await expect.poll(() => cell(0, 1).textContent(), { timeout: 20_000 }).toMatch(/^r0c1/);
			await page.getByText(/\d+ errors/).waitFor();
			expect((await submittedSheet()).rows).toHaveLength(rowCount);
			await clickCell(0, 0);
			await page.keyboard.press("Control+Z");
			await expect.poll(() => cell(0, 1).textContent()).toBe("");
		}
	}, 60_000);
});

describe("typing", () => {
	test("a choice narrows while typing and Enter takes the highlighted option", async () => {
		await cell(0, 2).click();
		await page.keyboard.type("hum", { delay: 30 });
		await page.getByRole("option", { name: "Human (Homo sapiens)" }).waitFor();
		await page.keyboard.press("Enter");
		await expect.poll(() => cell(0, 2).textContent()).toBe("Human (Homo sapiens)");
	});

	test("Tab takes the highlighted option and goes on to the right; Enter in a cell does not submit the form", async () => {
		await cell(0, 2).click();
		await page.keyboard.type("hum", { delay: 30 });
		await page.keyboard.press("Tab");
		await expect.poll(() => page.evaluate(() => document.activeElement?.getAttribute("data-rgcol"))).toBe("3");
		await page.keyboard.type("P1", { delay: 30 });
		await page.keyboard.press("Enter");
		await expect.poll(() => cell(0, 3).textContent()).toBe("P1");
		expect(await cell(0, 2).textContent()).toBe("Human (Homo sapiens)");
		expect(await page.locator("output").textContent()).toBe("");
	});

	test("nothing is lost or goes to another cell when somebody types as fast as a barcode scanner", async () => {
		await page.locator("revo-grid").focus();
		await page.keyboard.press("Enter");
		await expect.poll(() => page.evaluate(() => document.activeElement?.getAttribute("data-rgrow"))).toBe("0");
		for (const row of [0, 1, 2, 3]) {
			for (const text of [`name_${row}`, `library_${row}`, "Human"]) {
				const [before = "", after] = text.split("_");
				await page.keyboard.type(before);
				if (after) await page.keyboard.press("Shift+_");
				await page.keyboard.type(after ?? "");
				await page.keyboard.press("Tab");
			}
			await page.keyboard.type("projekt");
			for (const key of ["Backspace", "Backspace", "Enter", "Home"]) await page.keyboard.press(key);
		}
		for (const key of ["ArrowUp", "ArrowRight"]) await page.keyboard.press(key);
		await page.keyboard.type("last");
		await page.keyboard.press("Enter");
		const { rows } = await submittedSheet();
		expect(rows.map((cells) => cells.slice(0, 4))).toEqual(
			[0, 1, 2, 3].map((row) => [`name_${row}`, row === 3 ? "last" : `library_${row}`, "Human (Homo sapiens)", "proje"]),
		);
	});

	test("copied cells come back unchanged, line breaks and quotation marks included", async () => {
		await paste('"two\nlines ""quoted"""\tb', 0, 0);
		await expect.poll(() => cell(0, 1).textContent()).toBe("b");
		await cell(0, 0).click();
		await page.keyboard.press("Control+C");
		await cell(2, 0).click();
		await page.keyboard.press("Control+V");
		await expect.poll(async () => (await submittedSheet()).rows[2]?.[0]).toBe('two\nlines "quoted"');
	});

	test("text that is no option is kept and marked as invalid", async () => {
		await cell(0, 2).click();
		await page.keyboard.type("klingon", { delay: 30 });
		await page.keyboard.press("Enter");
		await expect.poll(() => cell(0, 2).textContent()).toBe("klingon");
		await expect.poll(() => cell(0, 2).getAttribute("aria-invalid")).toBe("true");
		expect(await cell(0, 2).getAttribute("title")).toContain("klingon");
	});

	test("what stands in an open cell is submitted, too", async () => {
		await cell(0, 0).click();
		await page.keyboard.type("lung_1", { delay: 30 });
		expect((await submittedSheet()).rows[0]?.[0]).toBe("lung_1");
	});

	test("fill down copies the first selected row", async () => {
		await cell(0, 3).click();
		await page.keyboard.type("P1", { delay: 30 });
		await page.keyboard.press("Enter");
		await cell(0, 3).click();
		await cell(3, 3).click({ modifiers: ["Shift"] });
		await page.keyboard.press("Control+D");
		await expect.poll(() => cell(3, 3).textContent()).toBe("P1");
		expect(await cell(4, 3).textContent()).toBe("");
	});

	test("keys in other fields of the page do not reach the sheet", async () => {
		await cell(0, 0).click();
		await page.getByLabel("elsewhere").focus();
		await page.keyboard.type("abc");
		await page.keyboard.press("Delete");
		expect(await cell(0, 0).textContent()).toBe("");
		expect(await page.getByLabel("elsewhere").inputValue()).toBe("abc");
	});
});

describe("problems", () => {
	test("a problem jumps to its cell, and its repair mends it", async () => {
		await paste(
			Array.from({ length: 60 }, (_, row) => `name_${row}\tlib\t${row === 50 ? "human" : "Mouse (Mus musculus)"}`).join("\n"),
			0,
			0,
		);
		await page.getByRole("button", { name: 'Row 51: "human" is not one' }).click();
		await expect.poll(() => page.evaluate(() => document.activeElement?.getAttribute("data-rgrow"))).toBe("50");
		await expect.poll(() => cell(50, 2).getAttribute("class")).toContain("sheet-invalid");
		await page.getByRole("button", { name: 'Use "Human (Homo sapiens)"' }).click();
		await expect.poll(() => cell(50, 2).textContent()).toBe("Human (Homo sapiens)");
		await expect.poll(() => cell(50, 2).getAttribute("aria-invalid")).toBeNull();
	});
});

describe("rows, columns, files", () => {
	test("the buttons duplicate and delete the selected rows and keep the selection", async () => {
		await paste("a\nb\nc", 0, 1);
		await expect.poll(() => cell(2, 1).textContent()).toBe("c");
		await cell(0, 1).click();
		await page.getByRole("button", { name: "Duplicate rows" }).click();
		await expect.poll(() => cell(1, 1).textContent()).toBe("a");
		await page.getByRole("button", { name: "Delete rows" }).click();
		await expect.poll(() => cell(1, 1).textContent()).toBe("b");
		await cell(0, 1).click();
		await page.keyboard.press("Alt+Insert");
		await expect.poll(() => cell(1, 1).textContent()).toBe("");
		expect((await submittedSheet()).rows.map((row) => row[1])).toEqual(["a", null, "b", "c"]);
	});

	test("the search walks through what it finds and gives the keyboard back", async () => {
		await paste(Array.from({ length: 80 }, (_, row) => `sample_${row}`).join("\n"), 0, 0);
		await expect.poll(() => cell(1, 0).textContent()).toBe("sample_1");
		await page.keyboard.press("Control+F");
		await page.keyboard.type("sample_7");
		await page.getByText("1 of 11 found").waitFor();
		await page.keyboard.press("Enter");
		await page.getByText("2 of 11 found").waitFor();
		await expect.poll(() => cell(70, 0).getAttribute("class")).toContain("sheet-found");
		await page.keyboard.press("Escape");
		await expect.poll(() => page.evaluate(() => document.activeElement?.getAttribute("data-rgrow"))).toBe("70");
	});

	test("an uploaded file with titles is appended below what is there", async () => {
		await paste("first", 0, 0);
		await expect.poll(() => cell(0, 0).textContent()).toBe("first");
		await page.locator("input[type=file]").setInputFiles({
			name: "samples.csv",
			mimeType: "text/csv",
			buffer: Buffer.from('Genome;Sample Name\n"Human (Homo sapiens)";second\n'),
		});
		await expect.poll(() => cell(1, 0).textContent()).toBe("second");
		expect((await submittedSheet()).rows[1]?.slice(0, 3)).toEqual(["second", null, "Human (Homo sapiens)"]);
	});

	test("an uploaded file can take the place of what is there, in one step that can be undone", async () => {
		await paste("first", 0, 0);
		await expect.poll(() => cell(0, 0).textContent()).toBe("first");
		await page.locator("input[type=file]").setInputFiles({
			name: "samples.csv",
			mimeType: "text/csv",
			buffer: Buffer.from("Genome;Sample Name\nHuman;second\n"),
		});
		await page.getByRole("button", { name: "Replace the rows that were there" }).click();
		await expect.poll(() => cell(0, 0).textContent()).toBe("second");
		expect((await submittedSheet()).rows).toHaveLength(1);
		await page.getByRole("button", { name: "Undo" }).click();
		await expect.poll(() => cell(0, 0).textContent()).toBe("first");
	});

	test("an uploaded file with a title that nobody knows asks where its columns go", async () => {
		await page.locator("input[type=file]").setInputFiles({
			name: "samples.tsv",
			mimeType: "text/plain",
			buffer: Buffer.from("Tube label\tSample Name\tGenome\nT1\tsecond\tHuman\nT2\tthird\tMouse\n"),
		});
		await page.getByText("Which column goes where?").waitFor();
		await page.getByLabel("Column for Tube label").selectOption({ label: "Comment" });
		await page.getByRole("button", { name: "Fill in" }).click();
		await expect.poll(() => cell(0, 0).textContent()).toBe("second");
		expect((await submittedSheet()).rows[1]).toEqual(["third", null, "Mouse", ...Array(8).fill(null), "T2"]);
	});

	test("a file of another kind is refused with the reason", async () => {
		await page
			.locator("input[type=file]")
			.setInputFiles({ name: "a.pdf", mimeType: "application/pdf", buffer: Buffer.from("x") });
		await page.getByText("is not a .xlsx, .tsv or .csv file").waitFor();
	});

	test("the user's own columns can be added and deleted where that is allowed", async () => {
		await page.close();
		page = await openSheet("?columns=1");
		await page.getByText("Columns", { exact: true }).click();
		await page.getByRole("button", { name: "Add column" }).click();
		await page.keyboard.type("Donor Age");
		await page.keyboard.press("Enter");
		await expect.poll(async () => (await submittedSheet()).columns).toHaveLength(13);
		await cell(0, 0).click();
		await page.getByText("Columns", { exact: true }).click();
		await page.getByRole("button", { name: "Delete column" }).click();
		await expect.poll(async () => (await submittedSheet()).columns[0]).toBe("Library Name");
	});
});

test("people who use a screen reader or the keyboard meet no barrier that can be found automatically", async () => {
	await paste("lung 1\tlib\thuman\nlung 1\tlib\tmouse", 0, 0);
	await page.getByText(/\d+ errors/).waitFor();
	await page.getByText("Columns and keys").click();
	const axe = await readFile(fileURLToPath(import.meta.resolve("axe-core/axe.min.js")), "utf8");
	for (const theme of ["light", "dark"]) {
		await page.evaluate((name) => {
			document.documentElement.dataset.bsTheme = name;
		}, theme);
		await page.evaluate(axe);
		const found = await page.evaluate(
			`axe.run(".sheet-island").then(({ violations }) => violations.map(({ id, nodes }) => id + ": " + nodes.map(({ html }) => html.slice(0, 160)).join(" | ")))`,
		);
		expect(found).toEqual([]);
	}
	await page.keyboard.press("Escape");
});

describe("drafts", () => {
	test("what was typed is there again after a reload, and can be discarded", async () => {
		await paste("draft_1\tdraft_1", 0, 0);
		await expect.poll(() => cell(0, 1).textContent()).toBe("draft_1");
		await page.reload();
		await page.getByText("Brought back what you had typed").waitFor();
		await expect.poll(() => cell(0, 0).textContent()).toBe("draft_1");
		await page.getByRole("button", { name: "Discard it" }).click();
		await expect.poll(() => cell(0, 0).textContent()).toBe("");
		await page.reload();
		await cell(0, 0).waitFor();
		expect(await page.getByText("Brought back").count()).toBe(0);
	});

	test("a second tab with the same sheet is told", async () => {
		const second = await openSheet("");
		await second.getByText("already open in another tab").waitFor();
		await page.getByText("opened in another tab, too").waitFor();
	});
});

test("the script stays small enough to load on a slow line", () => {
	console.info(`script: ${Math.round(harness.gzipBytes / 1024)} KB compressed`);
	expect(harness.gzipBytes).toBeLessThan(160 * 1024);
});
