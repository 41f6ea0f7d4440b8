import type { Content } from "../framework/exchange.ts";
import { Icon } from "./icon.tsx";
import type { IconName } from "./icon-names.ts";

/** Quiet buttons behind a button; opens without JavaScript, too. */
export function Menu({ label, icon, children }: { label: string; icon?: IconName; children?: Content }) {
	return (
		<details class="dropdown">
			<summary class="btn">
				{icon && <Icon name={icon} />}
				{label} <Icon name="chevron-down" />
			</summary>
			<div class="dropdown-menu dropdown-menu-end show p-1" data-bs-popper="static">
				<div class="d-flex flex-column align-items-stretch">{children}</div>
			</div>
		</details>
	);
}
