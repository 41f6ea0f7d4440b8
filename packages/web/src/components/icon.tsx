import { currentRendering } from "../framework/rendering.ts";
import type { IconName } from "./icon-names.ts";

/** An icon of the sprite. Decoration unless it has a label, which is then read aloud. */
export function Icon({ name, label, class: extra }: { name: IconName; label?: string; class?: string }) {
	const href = `${currentRendering().asset("icons.svg")}#${name}`;
	const classes = extra ? `icon ${extra}` : "icon";
	if (!label) {
		return (
			<svg class={classes} width="20" height="20" aria-hidden="true" focusable="false">
				<use href={href} />
			</svg>
		);
	}
	return (
		<svg class={classes} width="20" height="20" role="img" aria-label={label}>
			<title>{label}</title>
			<use href={href} />
		</svg>
	);
}
