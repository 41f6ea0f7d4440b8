import type { AssigneeRow } from "@opengsync/db/queries/assignees";
import type { Action } from "@opengsync/domain/actions";
import { findMember, UserRole } from "@opengsync/domain/catalog";
import { ActionButton, LinkButton } from "../../components/button.tsx";
import { Card, CopyButton, EmptyState } from "../../components/parts.tsx";
import { SimpleTable } from "../../components/simple-table.tsx";
import { Badge } from "../../components/status.tsx";
import type { Content } from "../../framework/exchange.ts";
import { currentRendering } from "../../framework/rendering.ts";

const initials = (name: string) =>
	name
		.split(" ")
		.map((part) => part.charAt(0))
		.join("");

/** People as badges: initials, one's own first and green, the name as hint (access-and-web.md §7.8). `word`: what they did. */
export function AssigneeBadges(props: {
	readonly assignees: readonly { readonly id: number; readonly name: string }[];
	readonly word?: string;
}) {
	const { assignees, word = "Assigned:" } = props;
	const viewerId = currentRendering().viewer?.id;
	const ownFirst = [...assignees].sort((a, b) => Number(b.id === viewerId) - Number(a.id === viewerId));
	return (
		<>
			{ownFirst.map(({ id, name }) => (
				<Badge tone={id === viewerId ? "done" : "neutral"} title={id === viewerId ? `${name} (you)` : name}>
					<span aria-hidden="true">{initials(name)}</span>
					<span class="visually-hidden">
						{word} {id === viewerId ? "you" : name}
					</span>
				</Badge>
			))}
		</>
	);
}

/** What the tab *Assignees* shows, and what its viewer may do. */
export interface AssigneesProps {
	/** Path of the object, e.g. `/projects/5`. */
	readonly url: string;
	/** Subject of a mail to an assignee: identifier and name of the object. */
	readonly subject: string;
	readonly assignees: readonly AssigneeRow[];
	readonly assign: Action;
	readonly assignToMe: Action;
}

/** Tab *Assignees* of a request or project. */
export function Assignees(props: AssigneesProps) {
	const { url, assignees, assign, assignToMe } = props;
	const isMine = assignees.some(({ id }) => id === currentRendering().viewer?.id);
	const buttons: Content = (
		<>
			{assignToMe.shown && (
				<ActionButton
					action={`${url}/assign_me/`}
					icon="user-check"
					look="primary"
					disabledReason={isMine ? "It is assigned to you already." : assignToMe.reason}
				>
					{assignToMe.label}
				</ActionButton>
			)}
			{assign.shown && (
				<LinkButton
					href={`${url}/assignees/add/`}
					dialog={`/htmx${url}/assignees/add`}
					icon="user-plus"
					disabledReason={assign.reason}
				>
					Add assignee
				</LinkButton>
			)}
		</>
	);
	if (assignees.length === 0) {
		const action = <div class="btn-list justify-content-center">{buttons}</div>;
		const hint = "Assignees are the people of the facility who look after it.";
		return <EmptyState icon="user" title="Nobody is assigned yet" hint={hint} action={action} />;
	}
	return (
		<Card title="Assignees" actions={buttons} padded={false}>
			<AssigneeTable {...props} />
		</Card>
	);
}

function AssigneeTable({ url, subject, assignees, assign }: AssigneesProps) {
	return (
		<SimpleTable titles={["ID", "Name", "E-mail", "Role"]} actions>
			{assignees.map((user) => (
				<tr>
					<td class="font-mono">{user.id}</td>
					<td>{user.name}</td>
					<td>
						<a href={`mailto:${encodeURIComponent(user.email)}?subject=${encodeURIComponent(subject)}`}>{user.email}</a>{" "}
						<CopyButton text={user.email} label={`Copy ${user.email}`} />
					</td>
					<td>{findMember(UserRole, user.role_id)?.label}</td>
					<td class="text-end">
						{assign.enabled && (
							<ActionButton
								action={`${url}/assignees/${user.id}/remove/`}
								small
								look="quiet"
								confirm={{ title: `Remove ${user.name}?`, text: "This person no longer looks after it.", yes: "Remove" }}
							>
								Remove
							</ActionButton>
						)}
					</td>
				</tr>
			))}
		</SimpleTable>
	);
}
