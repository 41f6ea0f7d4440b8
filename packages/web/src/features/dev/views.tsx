import { SeqRequestStatus } from "@opengsync/domain/catalog";
import { ActionButton, LinkButton } from "../../components/button.tsx";
import { Form } from "../../components/form.tsx";
import { List } from "../../components/list.tsx";
import { Card, EmptyState, Metadata, Notice, Tabs } from "../../components/parts.tsx";
import { Badge, StatusBadge, StatusBar, Steps, type Tone } from "../../components/status.tsx";
import type { Content } from "../../framework/exchange.ts";
import { type FormState, untouched } from "../../framework/form.ts";
import type { ListState } from "../../framework/list.ts";
import { demoForm } from "./demo-form.ts";
import { demoList, demoPage } from "./demo-list.tsx";

const { DRAFT, SUBMITTED, ACCEPTED, SAMPLES_RECEIVED, PREPARED, DATA_PROCESSING, FINISHED, FAILED, ARCHIVED } = SeqRequestStatus;
const segments = [SUBMITTED, ACCEPTED, SAMPLES_RECEIVED, PREPARED, DATA_PROCESSING, FINISHED];
const tones: readonly Tone[] = ["neutral", "waiting", "active", "progress", "done", "aside", "bad", "warning"];
const steps = ["Project", "Samples", "Library annotation", "Indices", "Pools", "Review"].map((title) => ({
	title,
	href: "/dev/ui/",
}));

/** The list of the page. */
export function DemoList({ state }: { state: ListState }) {
	const rows = demoPage.rows.filter((row) => !state.filters.status || state.filters.status.includes(row.statusId));
	const page = { ...demoPage, rows, page: state.page || demoPage.page };
	return <List list={demoList} page={page} state={state} fragmentUrl="/dev/htmx/list/" pageUrl="/dev/ui/" exportUrl="/dev/ui/" />;
}

/** The form of the page. */
export function DemoFormView({ state }: { state: FormState }) {
	return <Form form={demoForm} state={state} action="/dev/ui/form/" cancel="/dev/ui/" />;
}

/** The form in a dialog. */
export function DemoDialog({ state }: { state: FormState }) {
	return (
		<>
			<h2>New request</h2>
			<Form form={demoForm} state={state} action="/dev/htmx/form/" target="#dialog-body" inDialog />
		</>
	);
}

const wrongState: FormState = {
	entered: new Map([
		["name", ["CLL scRNA, batch 4"]],
		["email", ["novak@"]],
		["cycles", ["900"]],
	]),
	errors: [
		{ field: "email", message: "Enter a complete e-mail address." },
		{ field: "cycles", message: "At most 600." },
		{ field: "", message: "The name is taken in this project." },
	],
};

/** Every component with its states. */
export function Showcase({ list }: { list: Content }) {
	return (
		<>
			<StatusBar segments={segments} present={SAMPLES_RECEIVED} />
			<StatusBar segments={segments} present={FINISHED} />
			<StatusBar segments={segments} present={DRAFT} />
			<StatusBar segments={segments} present={FAILED} />
			<StatusBar segments={segments} present={ARCHIVED} />
			<Card title="Steps of a workflow">
				<Steps steps={steps} present={2} />
			</Card>
			{list}
			<Card title="Statuses and badges">
				<p class="btn-list">
					{Object.values(SeqRequestStatus).map((status) => (
						<StatusBadge status={status} />
					))}
				</p>
				<p class="btn-list">
					{tones.map((tone) => (
						<Badge tone={tone} title={`Tone ${tone}`}>
							{tone}
						</Badge>
					))}
				</p>
			</Card>
			<Card title="Buttons">
				<div class="btn-list">
					<LinkButton href="/dev/ui/" look="primary" icon="plus">
						Primary
					</LinkButton>
					<LinkButton href="/dev/ui/" icon="edit">
						Secondary
					</LinkButton>
					<LinkButton href="/dev/ui/" dialog="/dev/htmx/form/" dialogSize="lg" icon="external-link">
						Open a dialog
					</LinkButton>
					<ActionButton action="/dev/flash/" icon="bell">
						Notices
					</ActionButton>
					<ActionButton
						action="/dev/flash/"
						look="danger"
						icon="trash"
						confirm={{ title: "Delete BSR_0187?", text: "Its 24 samples and all files are deleted too.", yes: "Delete" }}
					>
						Delete
					</ActionButton>
					<ActionButton action="/dev/flash/" icon="send" disabledReason="The request has no samples yet.">
						Submit
					</ActionButton>
				</div>
			</Card>
			<Card title="Metadata">
				<Metadata
					items={[
						{ label: "Identifier", value: "BSR_0187", copy: "BSR_0187", mono: true },
						{ label: "Requestor", value: "A. Requestor" },
						{ label: "Sequencing depth", value: "25 M reads" },
						{ label: "Billing code", value: null },
						{ label: "Description", value: "Hearts at 0, 3, 7 and 14 days after injury, three replicates each.", wide: true },
					]}
				/>
			</Card>
			<Notice look="info" title="Submission window">
				Monday to Thursday, 9:00–12:00.
			</Notice>
			<Notice look="warning">Two index clashes in lane 3.</Notice>
			<Notice look="error">The file could not be read.</Notice>
			<Notice look="success">All samples are stored.</Notice>
			<Tabs
				tabs={[
					{ key: "data", title: "Data", content: <EmptyState title="No data yet." hint="They appear after sequencing." /> },
					{ key: "libraries", title: "Libraries", count: 24, href: "/dev/htmx/part/" },
					{ key: "pools", title: "Pools", count: 0, disabledReason: "There are no pools in this request." },
				]}
			/>
			<Card title="Form">
				<Form form={demoForm} state={untouched} action="/dev/ui/form/" />
			</Card>
			<Card title="Form with errors">
				<Form form={{ ...demoForm, name: "demo-wrong" }} state={wrongState} action="/dev/ui/form/" />
			</Card>
		</>
	);
}
