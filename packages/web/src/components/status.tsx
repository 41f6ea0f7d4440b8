import { type CatalogMember, findMember, UserRole } from "@opengsync/domain/catalog";
import type { Content } from "../framework/exchange.ts";
import { Icon } from "./icon.tsx";
import type { IconName } from "./icon-names.ts";

/** Colour of a status; the word and the sign say the same without it. */
export type Tone = "neutral" | "waiting" | "active" | "progress" | "done" | "aside" | "bad" | "warning";

/** Colours and signs by the key of the status; drawn by ourselves, so that they look the same on every machine. */
const looks: Readonly<Record<string, { readonly tone?: Tone; readonly icon?: IconName }>> = {
	DRAFT: { tone: "neutral", icon: "pencil" },
	CREATED: { tone: "neutral" },
	PREPARING: { tone: "active", icon: "test-pipe" },
	SUBMITTED: { tone: "waiting", icon: "send" },
	ACCEPTED: { tone: "active", icon: "circle-check" },
	SAMPLES_RECEIVED: { tone: "active", icon: "package" },
	STORED: { tone: "active", icon: "package" },
	PREPARED: { tone: "progress", icon: "test-pipe" },
	POOLED: { tone: "progress", icon: "droplet" },
	LOADED: { tone: "progress", icon: "upload" },
	SEQUENCING: { tone: "progress", icon: "player-play" },
	RUNNING: { tone: "progress", icon: "player-play" },
	PROCESSING: { tone: "progress", icon: "microscope" },
	DATA_PROCESSING: { tone: "progress", icon: "cpu" },
	SEQUENCED: { tone: "progress", icon: "dna-2" },
	DEMULTIPLEXED: { tone: "done", icon: "git-branch" },
	FINISHED: { tone: "done", icon: "checks" },
	COMPLETED: { tone: "done", icon: "checks" },
	SHARED: { tone: "done", icon: "share" },
	DELIVERED: { tone: "done", icon: "truck-delivery" },
	DISPATCHED: { tone: "done", icon: "mail" },
	QC_PENDING: { tone: "waiting", icon: "clock" },
	QC_COMPLETED: { tone: "done", icon: "clipboard-check" },
	ARCHIVED: { tone: "aside", icon: "archive" },
	REPOOLED: { tone: "aside", icon: "refresh" },
	FAILED: { tone: "bad", icon: "circle-x" },
	REJECTED: { tone: "bad", icon: "ban" },
	CANCELED: { tone: "bad", icon: "ban" },
	REMOVED: { tone: "bad", icon: "trash" },
	PENDING: { icon: "clock" },
};

/** Sign of a status. */
export function statusIcon(status: CatalogMember): IconName {
	return looks[status.key]?.icon ?? "circle-dashed";
}

/** Colour of a status; those without one of their own look like work in progress. */
export function toneOf(status: CatalogMember): Tone {
	return looks[status.key]?.tone ?? "active";
}

/** A status as sign and word, in its colour; the description is the hint. */
export function StatusBadge({ status, tone }: { status: CatalogMember | null; tone?: Tone }) {
	if (!status) return <Missing />;
	return (
		<span
			class={`badge-status tone-${tone ?? toneOf(status)}`}
			{...(status.description ? { "data-tooltip": status.description } : {})}
		>
			<Icon name={statusIcon(status)} />
			{status.label}
		</span>
	);
}

const roleIcons: Readonly<Record<string, IconName>> = {
	DEACTIVATED: "lock",
	ADMIN: "key",
	BIOINFORMATICIAN: "device-desktop",
	TECHNICIAN: "microscope",
	CLIENT: "user",
	TEMPORARY: "clock",
};

/** Role of a person as sign and word; drawn by ourselves, since not every machine can show the signs of the catalog. */
export function RoleName({ roleId }: { roleId: number }) {
	const role = findMember(UserRole, roleId);
	if (!role) return <Missing />;
	return (
		<span class="text-nowrap">
			<Icon name={roleIcons[role.key] ?? "user"} class="icon-sm" /> {role.label}
		</span>
	);
}

/** A short word in a coloured pill: types, abbreviations, counts. */
export function Badge({
	tone = "neutral",
	title,
	mono,
	children,
}: {
	tone?: Tone;
	title?: string;
	mono?: boolean;
	children?: Content;
}) {
	return (
		<span class={`badge-status tone-${tone}${mono ? " font-mono" : ""}`} {...(title ? { "data-tooltip": title } : {})}>
			{children}
		</span>
	);
}

/** Whether something is as it should be: sign and words, legible without colour. */
export function Mark({ good, children }: { good: boolean; children?: Content }) {
	return (
		<span class={`mark-state ${good ? "is-good" : "is-bad"}`}>
			<Icon name={good ? "circle-check" : "alert-circle"} />
			{children}
		</span>
	);
}

/** A value that is not there. */
export function Missing({ label = "missing" }: { label?: string }) {
	return (
		<span class="sign-missing" data-tooltip={label}>
			<Icon name="alert-triangle" label={label} />
		</span>
	);
}

/** A value that is there. */
export function Present({ label = "present" }: { label?: string }) {
	return (
		<span class="sign-present" data-tooltip={label}>
			<Icon name="circle-check" label={label} />
		</span>
	);
}

/**
 * Where an object stands: equal segments, one per regular status, filled up to the present one. A status off the line is one
 * full bar. access-and-web.md §7.7; the segments come from there.
 */
export function StatusBar({ segments, present }: { segments: readonly CatalogMember[]; present: CatalogMember }) {
	const index = segments.findIndex((segment) => segment.id === present.id);
	if (index < 0) {
		return (
			<div class={`status-bar is-single tone-${toneOf(present)}`} data-tooltip={present.description ?? ""}>
				<span class="status-bar-segment is-reached" aria-current="step">
					<Icon name={statusIcon(present)} />
					{present.label}
				</span>
			</div>
		);
	}
	return (
		<ol class={`status-bar tone-${toneOf(present)}`} aria-label={`Status: ${present.label}`}>
			{segments.map((segment, position) => (
				<li
					class={`status-bar-segment${position <= index ? " is-reached" : ""}${position === index ? " is-present" : ""}`}
					{...(position === index ? { "aria-current": "step" } : {})}
					data-tooltip={segment.description ?? ""}
				>
					<Icon name={statusIcon(segment)} />
					<span class="status-bar-label">{segment.label}</span>
				</li>
			))}
		</ol>
	);
}

/** One step of a workflow as its line of steps shows it. */
export interface ShownStep {
	readonly title: string;
	/** Address of a step that can be gone back to. */
	readonly href?: string;
}

/** Line of the steps of a workflow. */
export function Steps({ steps, present }: { steps: readonly ShownStep[]; present: number }) {
	return (
		<ol class="workflow-steps" aria-label={`Step ${present + 1} of ${steps.length}`}>
			{steps.map((step, position) => {
				const state = position < present ? "is-done" : position === present ? "is-present" : "is-ahead";
				const title = step.href && position < present ? <a href={step.href}>{step.title}</a> : step.title;
				return (
					<li class={`workflow-step ${state}`} {...(position === present ? { "aria-current": "step" } : {})}>
						<span class="workflow-step-number" aria-hidden="true">
							{position < present ? "✓" : position + 1}
						</span>
						<span class="workflow-step-title">{title}</span>
					</li>
				);
			})}
		</ol>
	);
}
