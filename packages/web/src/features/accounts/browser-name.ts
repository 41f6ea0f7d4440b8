const browsers: readonly (readonly [RegExp, string])[] = [
	[/\bEdgA?\//, "Edge"],
	[/\b(OPR|Opera)\//, "Opera"],
	[/\b(Firefox|FxiOS)\//, "Firefox"],
	[/\b(Headless)?(Chrome|Chromium|CriOS)\//, "Chrome"],
	[/\bVersion\/[\d.]+.*\bSafari\//, "Safari"],
	[/^curl\//, "curl"],
];

const systems: readonly (readonly [RegExp, string])[] = [
	[/\bAndroid\b/, "Android"],
	[/\b(iPhone|iPad|iPod)\b/, "iOS"],
	[/\bWindows\b/, "Windows"],
	[/\b(Macintosh|Mac OS X)\b/, "macOS"],
	[/\bCrOS\b/, "ChromeOS"],
	[/\bLinux\b/, "Linux"],
];

/** What a person calls the browser that names itself so: "Firefox on Linux". */
export function browserName(userAgent: string | null): string {
	const find = (names: readonly (readonly [RegExp, string])[]) =>
		names.find(([expression]) => expression.test(userAgent ?? ""))?.[1] ?? null;
	const [browser, system] = [find(browsers), find(systems)];
	if (!browser && !system) return "Unknown browser";
	return system ? `${browser ?? "Browser"} on ${system}` : (browser ?? "");
}
