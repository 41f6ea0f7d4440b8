import type { Viewer } from "@opengsync/core/context";
import { isAdmin, isInsider } from "@opengsync/domain/roles";
import type { NavigationKey } from "../framework/page.ts";
import type { IconName } from "./icon-names.ts";

/** One entry of the navigation. */
export interface NavigationEntry {
	readonly key: NavigationKey;
	readonly label: string;
	readonly href: string;
	readonly icon: IconName;
}

/** A group of entries under a small heading; the first has none. */
export interface NavigationGroup {
	readonly title: string | null;
	readonly entries: readonly NavigationEntry[];
}

const entries = {
	dashboard: { key: "dashboard", label: "Dashboard", href: "/", icon: "layout-dashboard" },
	projects: { key: "projects", label: "Projects", href: "/projects/", icon: "folders" },
	requests: { key: "requests", label: "Requests", href: "/seq_requests/", icon: "clipboard-list" },
	design: { key: "design", label: "Design", href: "/design/", icon: "layout-kanban" },
	preps: { key: "preps", label: "Preps", href: "/lab_preps/", icon: "test-pipe" },
	experiments: { key: "experiments", label: "Experiments", href: "/experiments/", icon: "flask" },
	calendar: { key: "calendar", label: "Calendar", href: "/calendar/", icon: "calendar" },
	runs: { key: "runs", label: "Runs", href: "/seq_runs/", icon: "device-desktop" },
	samples: { key: "samples", label: "Bio Samples", href: "/samples/", icon: "vaccine" },
	libraries: { key: "libraries", label: "Libraries", href: "/libraries/", icon: "dna-2" },
	pools: { key: "pools", label: "Pools", href: "/pools/", icon: "droplet" },
	kits: { key: "kits", label: "Kits", href: "/kits/", icon: "package" },
	protocols: { key: "protocols", label: "Protocols", href: "/protocols/", icon: "notes" },
	barcodes: { key: "barcodes", label: "Barcodes", href: "/index_kits/", icon: "barcode" },
	features: { key: "features", label: "Features", href: "/feature_kits/", icon: "tag" },
	users: { key: "users", label: "Users", href: "/users/", icon: "users" },
	groups: { key: "groups", label: "Groups", href: "/groups/", icon: "users-group" },
	files: { key: "files", label: "Files", href: "/browser/files/", icon: "folder" },
	share: { key: "share", label: "Share", href: "/share_tokens/", icon: "share" },
	devices: { key: "devices", label: "Devices", href: "/devices/", icon: "cpu" },
	audit: { key: "audit", label: "Audit trail", href: "/admin/audit/", icon: "history" },
	admin: { key: "admin", label: "Admin", href: "/admin_page/", icon: "settings" },
} as const satisfies Record<string, NavigationEntry>;

/** The navigation as a person sees it (access-and-web.md §7.1): entries whose page there is. */
export function navigationFor(viewer: Viewer | null, hasPage: (path: string) => boolean): NavigationGroup[] {
	return groupsFor(viewer)
		.map((group) => ({ ...group, entries: group.entries.filter((entry) => hasPage(entry.href)) }))
		.filter((group) => group.entries.length > 0);
}

function groupsFor(viewer: Viewer | null): NavigationGroup[] {
	if (!viewer) return [];
	const staff = isInsider(viewer.roleId);
	const groups: NavigationGroup[] = [
		{ title: null, entries: [entries.dashboard, entries.requests, entries.projects] },
		...(staff
			? [{ title: "Lab", entries: [entries.design, entries.preps, entries.experiments, entries.runs, entries.calendar] }]
			: []),
		{ title: "Material", entries: [entries.samples, entries.libraries, entries.pools] },
		{
			title: "Kits",
			entries: staff
				? [entries.kits, entries.protocols, entries.barcodes, entries.features]
				: [entries.barcodes, entries.features],
		},
		{ title: "People and data", entries: staff ? [entries.users, entries.groups, entries.files] : [entries.groups] },
	];
	if (isAdmin(viewer.roleId))
		groups.push({ title: "Administration", entries: [entries.share, entries.devices, entries.audit, entries.admin] });
	return groups;
}
