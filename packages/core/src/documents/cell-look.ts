import type { CellStyle } from "hucre/xlsx";
import type { CellLook } from "./view-workbook.ts";

type Color = NonNullable<NonNullable<CellStyle["font"]>["color"]>;

const sixDigits = /^[0-9a-f]{6}$/i;
/** A name of a font and nothing that could mean more in a style sheet. */
const fontName = /^[\p{L}\p{N} _-]{1,64}$/u;
/** Colours of a theme as cells number them: the light one before the dark one, other than in the theme. */
const themeOrder = [1, 0, 3, 2];

interface Hls {
	readonly hue: number;
	readonly lightness: number;
	readonly saturation: number;
}

function toHls(rgb: string): Hls {
	const [red = 0, green = 0, blue = 0] = [0, 2, 4].map((at) => Number.parseInt(rgb.slice(at, at + 2), 16) / 255);
	const most = Math.max(red, green, blue);
	const least = Math.min(red, green, blue);
	const lightness = (most + least) / 2;
	const range = most - least;
	if (range === 0) return { hue: 0, lightness, saturation: 0 };
	const saturation = range / (1 - Math.abs(2 * lightness - 1));
	const sector =
		most === red ? ((green - blue) / range + 6) % 6 : most === green ? (blue - red) / range + 2 : (red - green) / range + 4;
	return { hue: sector / 6, lightness, saturation };
}

function toRgb({ hue, lightness, saturation }: Hls): string {
	const amplitude = saturation * Math.min(lightness, 1 - lightness);
	const channel = (offset: number) => {
		const at = (offset + hue * 12) % 12;
		return Math.round(255 * (lightness - amplitude * Math.max(-1, Math.min(at - 3, 9 - at, 1))));
	};
	return [channel(0), channel(8), channel(4)].map((value) => value.toString(16).padStart(2, "0")).join("");
}

/** A colour made lighter (tint above 0) or darker (below), in HLS space: requests-and-annotation.md §3.6. */
export function tintColour(rgb: string, tint: number): string {
	const { hue, lightness, saturation } = toHls(rgb);
	const tinted = tint < 0 ? lightness * (1 + tint) : lightness * (1 - tint) + tint;
	return toRgb({ hue, lightness: Math.max(0, Math.min(1, tinted)), saturation });
}

function colourOf(color: Color | undefined, theme: readonly string[]): string | undefined {
	if (color?.theme !== undefined) {
		const rgb = theme[themeOrder[color.theme] ?? color.theme] ?? "";
		return sixDigits.test(rgb) ? tintColour(rgb, color.tint ?? 0) : undefined;
	}
	const rgb = color?.rgb?.slice(-6) ?? "";
	return sixDigits.test(rgb) ? rgb.toLowerCase() : undefined;
}

const verticals = { top: "top", center: "middle", bottom: "bottom" } as const;
const horizontals = { left: "left", center: "center", right: "right", justify: "justify", centerContinuous: "center" } as const;

function lookUp<T>(table: Readonly<Record<string, T>>, key: string | undefined): T | undefined {
	return key !== undefined && Object.hasOwn(table, key) ? table[key] : undefined;
}

/** Degrees of a stored rotation: 0 to 90 upwards, 91 to 180 stand for 1 to 90 downwards. */
function degreesOf(rotation: number | undefined): number | undefined {
	if (!rotation || rotation < -90 || rotation > 180) return undefined;
	return rotation > 90 ? 90 - rotation : rotation;
}

/** The look of a cell from its style and the colours of the workbook's theme; what cannot be shown is left out. */
export function lookOf({ font, fill, alignment }: CellStyle, theme: readonly string[]): CellLook {
	const family = font?.name && fontName.test(font.name) ? font.name : undefined;
	const look: { [Key in keyof CellLook]: CellLook[Key] | undefined | false } = {
		fontFamily: family,
		fontSizePt: font?.size && font.size > 0 && font.size <= 96 ? font.size : undefined,
		isBold: font?.bold,
		isItalic: font?.italic,
		isUnderlined: font?.underline ? true : undefined,
		isStruck: font?.strikethrough,
		colour: colourOf(font?.color, theme),
		fill: fill?.type === "pattern" && fill.pattern !== "none" ? colourOf(fill.fgColor, theme) : undefined,
		horizontal: lookUp(horizontals, alignment?.horizontal),
		vertical: lookUp(verticals, alignment?.vertical),
		rotationDegrees: degreesOf(alignment?.textRotation),
		isWrapped: alignment?.wrapText,
	};
	return Object.fromEntries(Object.entries(look).filter(([, value]) => value !== undefined && value !== false));
}
