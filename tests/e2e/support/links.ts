import type { Page } from "playwright-core";
import type { TestBrowser } from "../../../packages/web/src/framework/testing/browser.ts";

const checkedPerShape = 2;

/** Links that pages show, checked once each; of many alike (`/samples/17/`, `/samples/18/`) the first two. */
export class LinkCheck {
	private readonly byShape = new Map<string, Map<string, string>>();

	/** Takes the links of the page that is open. */
	async collect(page: Page): Promise<void> {
		const links = await page
			.locator("a[href]")
			.evaluateAll((all) =>
				all
					.filter((link) => link instanceof HTMLAnchorElement && link.origin === location.origin)
					.map((link) => link.getAttribute("href") ?? ""),
			);
		for (const link of links) {
			const { pathname, search } = new URL(link, page.url());
			if (link.startsWith("#")) continue;
			const shape = pathname.replaceAll(/\d+/g, "0");
			const known = this.byShape.get(shape) ?? new Map<string, string>();
			this.byShape.set(shape, known);
			if (known.size < checkedPerShape) known.set(pathname + search, new URL(page.url()).pathname);
		}
	}

	/** Links whose address does not answer, with the page that shows them. */
	async findDead(caller: TestBrowser): Promise<string[]> {
		const dead: string[] = [];
		for (const links of this.byShape.values()) {
			for (const [link, shownOn] of links) {
				const answer = await caller.get(link, { method: "HEAD" });
				if (answer.status >= 400) dead.push(`${shownOn} links to ${link}: ${answer.status}`);
			}
		}
		return dead;
	}
}
