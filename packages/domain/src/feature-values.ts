/** What a feature is, wherever it comes from (data-model.md §9, Feature). */
export type FeatureValues = {
	readonly identifier: string | null;
	readonly name: string;
	readonly sequence: string;
	readonly pattern: string;
	/** `R1` or `R2`. */
	readonly read: string;
};
