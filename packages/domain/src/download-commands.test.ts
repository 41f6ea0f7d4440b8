import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
	defaultOutputFolder,
	httpCopyCommand,
	mountCommand,
	quoteShell,
	webdavSyncCommand,
	wgetCommand,
} from "./download-commands.ts";

const settings = { externalBaseUrl: "https://ngs.example.org", organization: "My Facility & Söhne" };

describe("download commands are what the recipient can paste", () => {
	it("sync", () =>
		expect(webdavSyncCommand(settings, "tok_1-a")).toBe(
			`rclone sync ":webdav,url='https://ngs.example.org/files/webdav/share/tok_1-a/':/" My_Facility___S_hne_DATA --progress --transfers=8 --checkers=16 --use-server-modtime --verbose`,
		));
	it("copy", () =>
		expect(httpCopyCommand(settings, "tok", ".")).toBe(
			"rclone copy --http-url https://ngs.example.org/api/files/browse/tok :http: . -v --stats-log-level NOTICE --stats 500ms --progress",
		));
	it("wget, unchecked only in debug mode", () => {
		const command = `-P out --reject="index.html*" --recursive --level=99 --no-parent -k -e robots=off -nH --cut-dirs=4 https://ngs.example.org/api/files/browse/tok/`;
		expect(wgetCommand(settings, "tok", "out")).toBe(`wget ${command}`);
		expect(wgetCommand({ ...settings, development: true }, "tok", "out")).toBe(`wget --no-check-certificate ${command}`);
	});
	it("mount", () =>
		expect(mountCommand({ ...settings, externalBaseUrl: "https://ngs.example.org/lims/" }, "tok", "/mnt/my data")).toBe(
			`rclone mount ":webdav,url='https://ngs.example.org/lims/files/webdav/share/tok/':/" '/mnt/my data' --vfs-cache-mode full --read-only --daemon`,
		));
});

describe("nothing in a value runs in the recipient's shell", () => {
	it("folders", () => {
		expect(quoteShell("a'; rm -rf ~; '")).toBe("'a'\\''; rm -rf ~; '\\'''");
		expect(httpCopyCommand(settings, "tok", "-rf")).toContain(" ./-rf ");
		expect(quoteShell("")).toBe("''");
	});
	it("addresses and tokens", () => {
		const command = webdavSyncCommand({ ...settings, externalBaseUrl: 'https://x/$(id)`"' }, "$(id)'");
		expect(command).toContain('https://x/\\$(id)\\`\\"/files');
		expect(command).toContain("/%24(id)''/");
	});
	it("the default folder has no special character", () =>
		fc.assert(
			fc.property(fc.string({ unit: "grapheme" }), (organization) => {
				expect(defaultOutputFolder(organization)).toMatch(/^[A-Za-z0-9_-]+$/);
			}),
		));
});
