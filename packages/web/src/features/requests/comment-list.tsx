import type { CommentRow } from "@opengsync/db/queries/request-page";
import { findMember, UserRole } from "@opengsync/domain/catalog";
import { Time } from "../../components/parts.tsx";

/** Comments as they come: who, when, what; line breaks are kept, markup is not. Own ones stand at the right. */
export function CommentList({ comments, viewerId }: { comments: readonly CommentRow[]; viewerId?: number }) {
	return (
		<ul class="comments">
			{comments.map((comment) => (
				<li class={`comment${comment.author_id === viewerId ? " is-own" : ""}`}>
					<p class="comment-head">
						<span>{findMember(UserRole, comment.author_role_id)?.label}</span> <strong>{comment.author_name}</strong>{" "}
						<Time at={comment.timestamp_utc} />
					</p>
					<p class="comment-text">{comment.text}</p>
				</li>
			))}
		</ul>
	);
}
