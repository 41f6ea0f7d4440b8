/** Holds the current state of a sheet and the way back: every change goes through `commit`. */
import type { SheetState } from "./sheet-state.ts";

const maximumUndoSteps = 200;

/** Called after each change with the state before it. */
export type StateListener = (state: SheetState, before: SheetState) => void;

/** The current state with undo and redo. States share their rows, so that two hundred steps cost little. */
export class SheetHistory {
	private present: SheetState;
	private past: SheetState[] = [];
	private future: SheetState[] = [];
	private readonly listeners = new Set<StateListener>();

	constructor(initial: SheetState) {
		this.present = initial;
	}

	get state(): SheetState {
		return this.present;
	}

	get canUndo(): boolean {
		return this.past.length > 0;
	}

	get canRedo(): boolean {
		return this.future.length > 0;
	}

	/** Makes `next` the current state; one undo step. Returns false when nothing has changed. */
	commit(next: SheetState): boolean {
		if (next === this.present) {
			return false;
		}
		this.past.push(this.present);
		if (this.past.length > maximumUndoSteps) {
			this.past.shift();
		}
		this.future = [];
		this.move(next);
		return true;
	}

	/** Goes one step back. Returns false when there is none. */
	undo(): boolean {
		const before = this.past.pop();
		if (!before) {
			return false;
		}
		this.future.push(this.present);
		this.move(before);
		return true;
	}

	/** Takes one undone step again. Returns false when there is none. */
	redo(): boolean {
		const after = this.future.pop();
		if (!after) {
			return false;
		}
		this.past.push(this.present);
		this.move(after);
		return true;
	}

	/** Calls the listener after every change; the returned function ends that. */
	listen(listener: StateListener): () => void {
		this.listeners.add(listener);
		return () => this.listeners.delete(listener);
	}

	private move(next: SheetState): void {
		const before = this.present;
		this.present = next;
		for (const listener of this.listeners) {
			listener(next, before);
		}
	}
}
