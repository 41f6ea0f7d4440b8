/** One field of a form and what is wrong with it, for people. Pure checks return all at once. */
export interface FieldProblem {
	readonly field: string;
	readonly message: string;
}
