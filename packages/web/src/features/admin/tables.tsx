import type { MailRow } from "@opengsync/db/queries/mails";
import { idColumn } from "../../components/list-columns.tsx";
import { ObjectLink, Time } from "../../components/parts.tsx";
import { Badge, type Tone } from "../../components/status.tsx";
import { defineList } from "../../framework/list.ts";

const tones: Readonly<Record<string, Tone>> = { pending: "waiting", sent: "done", failed: "bad" };

/** State of a mail in its colour. */
export function MailStatus({ status }: { status: string }) {
	return <Badge tone={tones[status] ?? "neutral"}>{status}</Badge>;
}

/** The outbox. */
export const mailsTable = defineList<MailRow>({
	name: "mails",
	empty: { title: "No mails yet", hint: "Every mail that the system writes is shown here." },
	columns: [
		idColumn((row) => `/admin/mail/${row.id}/`),
		{
			key: "created",
			title: "Written",
			sort: true,
			cell: (row) => <Time at={row.created_at} seconds />,
			text: (row) => row.created_at.toISOString(),
		},
		{
			key: "recipients",
			title: "To",
			cell: (row) => row.recipients.join(", "),
			text: (row) => row.recipients.join(" "),
		},
		{
			key: "subject",
			title: "Subject",
			cell: (row) => <ObjectLink href={`/admin/mail/${row.id}/`}>{row.subject}</ObjectLink>,
			text: (row) => row.subject,
		},
		{ key: "status", title: "Status", cell: (row) => <MailStatus status={row.status} />, text: (row) => row.status },
	],
});
