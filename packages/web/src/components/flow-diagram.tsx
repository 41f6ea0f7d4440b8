import type { MaterialFlow } from "@opengsync/domain/material-flow";
import { jsonForHtml } from "./parts.tsx";

/** The diagram project → sample → library → pool; drawn by an island. */
export function FlowDiagram({ flow }: { flow: MaterialFlow }) {
	return (
		<div hx-morph-skip="">
			<div data-island="flow" class="flow-diagram">
				<script type="application/json" dangerouslySetInnerHTML={{ __html: jsonForHtml(flow) }} />
			</div>
		</div>
	);
}
