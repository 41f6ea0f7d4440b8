import type { CommentRow, RequestPageRow } from "@opengsync/db/queries/request-page";
import type { ReviewLibrary } from "@opengsync/db/queries/request-tabs";
import { findMember, MuxType } from "@opengsync/domain/catalog";
import { carriesMux } from "@opengsync/domain/mux-library";
import type { ReviewStepName } from "@opengsync/domain/review-checklist";
import { LinkButton } from "../../components/button.tsx";
import { Metadata, Notice, ObjectLink, Time } from "../../components/parts.tsx";
import { SimpleTable } from "../../components/simple-table.tsx";
import type { Content } from "../../framework/exchange.ts";
import { IndexBadges, LibraryTypeBadge } from "../libraries/library-cells.tsx";
import { CommentList } from "./comment-list.tsx";
import { contactItems, technicalItems } from "./request-metadata.tsx";

interface StepContentProps {
	readonly step: ReviewStepName;
	readonly request: RequestPageRow;
	readonly libraries: readonly ReviewLibrary[];
	readonly comments: readonly CommentRow[];
}

/** What a step shows: requests-and-annotation.md §2.4. */
export function ReviewStepContent({ step, request, libraries, comments }: StepContentProps) {
	const url = `/seq_requests/${request.id}`;
	switch (step) {
		case "technical_requirements":
			return <Metadata items={technicalItems(request)} />;
		case "check_contacts":
			return <Metadata items={contactItems(request, true)} />;
		case "auth_form_checked":
			return <AuthorizationForm fileId={request.authorization_form_id} />;
		case "check_comments":
			return comments.length === 0 ? <p>There are no comments.</p> : <CommentList comments={comments} />;
		case "check_submission_date":
			return (
				<p>
					{request.submission_time ? (
						<>
							Samples are brought on <Time at={request.submission_time} />.
						</>
					) : (
						"The samples come by mail."
					)}
				</p>
			);
		case "check_overview":
			return (
				<LinkButton href={`${url}/?tab=overview`} icon="git-branch">
					Open the overview
				</LinkButton>
			);
		case "samples_checked":
			return <SampleTable libraries={libraries} />;
		case "check_libraries":
			return <LibraryTable libraries={libraries} />;
		case "check_multiplexing":
			return <MuxTable libraries={libraries.filter((library) => isMux(library))} />;
		case "index_check":
			return <p>Ticked by the index check, which compares the orientation of every index (menu Manage).</p>;
		case "check_barcodes":
			return <IndexTable request={request} libraries={libraries} />;
		case "submission_processed":
			return (
				<LinkButton href={`${url}/process/`} dialog={`/htmx${url}/process`} dialogSize="lg" look="primary" icon="checks">
					Process the request
				</LinkButton>
			);
	}
}

const isMux = (library: ReviewLibrary) => carriesMux({ typeId: library.type_id, muxTypeId: library.mux_type_id });

function AuthorizationForm({ fileId }: { fileId: number | null }) {
	if (fileId === null) return <Notice look="warning">The form has not been uploaded.</Notice>;
	return (
		<>
			<p>Cost limit, pricing scheme, signature of the principal investigator.</p>
			<iframe class="file-frame" src={`/pdf_file/${fileId}/`} title="Authorization form" loading="lazy" />
		</>
	);
}

/** A table of the review, with a heading and rows of cells. */
function Rows({ heads, rows }: { heads: readonly string[]; rows: readonly (readonly Content[])[] }) {
	if (rows.length === 0) return <p>There is nothing to show.</p>;
	return (
		<SimpleTable titles={heads}>
			{rows.map((row) => (
				<tr>
					{row.map((cell) => (
						<td>{cell}</td>
					))}
				</tr>
			))}
		</SimpleTable>
	);
}

/** Every sample once, with all attributes. */
function SampleTable({ libraries }: { libraries: readonly ReviewLibrary[] }) {
	const samples = [...new Map(libraries.flatMap((library) => library.samples).map((sample) => [sample.id, sample])).values()];
	const attributes = [...new Set(samples.flatMap((sample) => Object.keys(sample.attributes ?? {})))];
	const rows = samples.map((sample) => [
		sample.name,
		sample.project,
		...attributes.map((name) => sample.attributes?.[name]?.value ?? ""),
	]);
	return <Rows heads={["Sample", "Project", ...attributes]} rows={rows} />;
}

function LibraryTable({ libraries }: { libraries: readonly ReviewLibrary[] }) {
	const rows = libraries.map((library) => [
		library.samples.map((sample) => sample.name).join(", "),
		[...new Set(library.samples.map((sample) => sample.project))].join(", "),
		<LibraryTypeBadge library={library} />,
		<ObjectLink href={`/libraries/${library.id}/`}>{library.name}</ObjectLink>,
	]);
	return <Rows heads={["Samples", "Project", "Type", "Library"]} rows={rows} />;
}

/** Every sample of a multiplexed library with what tells it from the others. */
function MuxTable({ libraries }: { libraries: readonly ReviewLibrary[] }) {
	const fieldsOf = (library: ReviewLibrary): readonly string[] => findMember(MuxType, library.mux_type_id)?.muxFields ?? [];
	const rows = libraries.flatMap((library) =>
		library.samples.map((sample) => [
			sample.name,
			library.sample_name,
			findMember(MuxType, library.mux_type_id)?.abbreviation,
			<span class="font-mono">
				{fieldsOf(library)
					.map((field) => `${field}: ${sample.mux?.[field] || "missing"}`)
					.join(" · ")}
			</span>,
		]),
	);
	const kinds = [...new Map(libraries.map((library) => [library.mux_type_id, library])).values()];
	return (
		<>
			{kinds.map((library) => (
				<p>
					{findMember(MuxType, library.mux_type_id)?.label}: every sample needs {fieldsOf(library).join(", ")}.
				</p>
			))}
			<Rows heads={["Sample", "Sample pool", "Method", "Multiplexing"]} rows={rows} />
		</>
	);
}

function IndexTable({ request, libraries }: { request: RequestPageRow; libraries: readonly ReviewLibrary[] }) {
	const rows = libraries.map((library) => [
		<ObjectLink href={`/libraries/${library.id}/`}>{library.name}</ObjectLink>,
		library.pool_name ?? "",
		<IndexBadges indices={library.indices} />,
	]);
	return (
		<>
			<p>Checked by itself once every index is forward or from a kit.</p>
			<LinkButton href={`/seq_requests/${request.id}/?tab=clashes`} icon="barcode">
				Look for clashes
			</LinkButton>
			<Rows heads={["Library", "Pool", "Indices"]} rows={rows} />
		</>
	);
}
