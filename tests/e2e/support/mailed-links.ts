import type { TestBrowser } from "../../../packages/web/src/framework/testing/browser.ts";

/** Links with a secret that stand in the mails which an admin can read, newest mail first. */
export async function readMailedLinks(admin: TestBrowser): Promise<string[]> {
	const list = await (await admin.get("/admin/mail/")).text();
	const mails = new Set([...list.matchAll(/href="(\/admin\/mail\/\d+\/)"/g)].map(([, address = ""]) => address));
	const links: string[] = [];
	for (const mail of mails) {
		const text = await (await admin.get(mail)).text();
		for (const [link] of text.matchAll(
			/\/(auth\/(register|reset_password|change_email)|files\/share\/browse|notifications\/unsubscribe)\/[\w.-]{20,}\/?/g,
		))
			if (!links.includes(link)) links.push(link);
	}
	return links;
}
