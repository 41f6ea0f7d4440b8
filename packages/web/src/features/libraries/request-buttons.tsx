import type { Action } from "@opengsync/domain/actions";
import { LinkButton } from "../../components/button.tsx";

/** What is done with the libraries of a request together: beside the list of them. */
export function RequestLibraryButtons(props: {
	requestId: number;
	numLibraries: number;
	isInsider: boolean;
	resequence: Action;
}) {
	const { requestId, numLibraries, isInsider, resequence } = props;
	const noLibraries = numLibraries === 0 ? "The request has no libraries." : null;
	return (
		<div class="btn-list">
			{numLibraries > 0 && (
				<LinkButton href={`/seq_requests/${requestId}/library_properties/`} icon="table" small>
					Properties
				</LinkButton>
			)}
			{isInsider && (
				<LinkButton
					href={`/workflows/edit_libraries/?seq_request_id=${requestId}`}
					icon="edit"
					small
					disabledReason={noLibraries}
				>
					Edit libraries
				</LinkButton>
			)}
			{resequence.shown && (
				<LinkButton
					href={`/workflows/resequence/?seq_request_id=${requestId}`}
					icon="refresh"
					small
					disabledReason={resequence.reason ?? noLibraries}
				>
					Re-sequence
				</LinkButton>
			)}
		</div>
	);
}
