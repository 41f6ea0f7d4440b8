/** One field of a form and what is wrong with it, for people; an empty field name stands for the whole form. Pure checks return all at once. */
export interface FieldError {
	readonly field: string;
	readonly message: string;
}
