/** Islands: parts that JavaScript takes over. Each is loaded when a page has one, and cleaned up before it leaves. */
interface MountedIsland {
	destroy(): void;
}

interface IslandModule {
	mount(element: HTMLElement): MountedIsland | undefined;
}

const mounted = new Map<HTMLElement, MountedIsland | null>();

function addresses(): Record<string, string> {
	const text = document.querySelector<HTMLMetaElement>('meta[name="islands"]')?.content;
	const value: unknown = text ? JSON.parse(text) : {};
	return typeof value === "object" && value !== null ? (value as Record<string, string>) : {};
}

async function mountIsland(element: HTMLElement, known: Readonly<Record<string, string>>): Promise<void> {
	const address = known[element.dataset.island ?? ""];
	if (!address || mounted.has(element)) return;
	mounted.set(element, null);
	const island: IslandModule = await import(address);
	if (element.isConnected) mounted.set(element, island.mount(element) ?? null);
	else mounted.delete(element);
}

function removeGone(): void {
	for (const [element, island] of mounted) {
		if (element.isConnected) continue;
		mounted.delete(element);
		island?.destroy();
	}
}

function mountAll(): void {
	removeGone();
	const known = addresses();
	for (const element of document.querySelectorAll<HTMLElement>("[data-island]")) {
		mountIsland(element, known).catch((error: unknown) => console.error(`Island ${element.dataset.island} failed`, error));
	}
}

/** Mounts what is there, and what htmx brings. */
export function watchIslands(): void {
	document.addEventListener("htmx:after:process", mountAll);
	document.addEventListener("htmx:after:swap", mountAll);
	mountAll();
}
