import type { OpenIdProviderConfig } from "@opengsync/core/config";
import { CsrfField } from "../../components/button.tsx";
import { Card } from "../../components/parts.tsx";

/** Address at which signing in through an institution begins; `next` is kept. */
export function openIdBeginPath(name: string, next: string | null): string {
	return next ? `/auth/openid/${name}/?next=${encodeURIComponent(next)}` : `/auth/openid/${name}/`;
}

/** A button per institution, on the sign-in page; nothing where none is configured. */
export function OpenIdButtons({ providers, next }: { providers: readonly OpenIdProviderConfig[]; next: string | null }) {
	if (providers.length === 0) return null;
	return (
		<Card>
			<h2 class="card-title">Sign in through your institution</h2>
			<div class="d-grid gap-2 mt-2">
				{providers.map((provider) => (
					<form method="post" action={openIdBeginPath(provider.name, next)} class="d-grid">
						<CsrfField />
						<button type="submit" class="btn">
							{provider.label}
						</button>
					</form>
				))}
			</div>
		</Card>
	);
}
