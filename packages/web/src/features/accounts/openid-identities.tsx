import type { FacilityConfig } from "@opengsync/core/config";
import type { ExternalIdentityRow } from "@opengsync/db/queries/external-identities";
import { ActionButton } from "../../components/button.tsx";
import { Card, Time } from "../../components/parts.tsx";
import { SimpleTable } from "../../components/simple-table.tsx";

interface IdentitiesProps {
	readonly userId: number;
	readonly identities: readonly ExternalIdentityRow[];
	readonly config: FacilityConfig;
}

/** Institutions through which a user signs in; nothing where there is none. */
export function LinkedInstitutions({ userId, identities, config }: IdentitiesProps) {
	if (identities.length === 0) return null;
	const labelOf = (name: string) => config.signIn.openId.find((provider) => provider.name === name)?.label ?? name;
	return (
		<Card title="Institutions" padded={false}>
			<SimpleTable titles={["Institution", "Linked", "Last used"]} actions>
				{identities.map((identity) => (
					<tr>
						<td>{labelOf(identity.provider)}</td>
						<td>
							<Time at={identity.created_at} />
						</td>
						<td>
							<Time at={identity.last_used_at} />
						</td>
						<td class="text-end">
							<ActionButton
								action={`/users/${userId}/institutions/unlink/`}
								values={{ identity_id: identity.id }}
								small
								look="quiet"
								confirm={{
									title: `Unlink ${labelOf(identity.provider)}?`,
									text: "The next sign-in there links the account that has the same e-mail address.",
									yes: "Unlink",
								}}
							>
								Unlink
							</ActionButton>
						</td>
					</tr>
				))}
			</SimpleTable>
		</Card>
	);
}
