/** How a session was begun, as `session.method` keeps it. */
export type SignInMethod = "password" | "passkey" | "openid" | "link" | "other account";

/** What a handler may do with sessions: access-and-web.md §4.4, §4.8. */
export interface SessionControl {
	/** Number of the present session, or null when nobody is signed in. */
	readonly id: number | null;
	/** Time at which the present session began, or null when nobody is signed in. */
	readonly beganAt: Date | null;
	/** Drops the present session and begins a new one for the user, with a new id. */
	signIn(userId: number, method: SignInMethod): Promise<void>;
	/** Ends this session only. */
	signOut(): Promise<void>;
	/** Admin: works as another user; the own session is kept aside. */
	beginWorkingAs(userId: number): Promise<void>;
	/** Returns to the admin's own session. */
	endWorkingAs(): Promise<void>;
}
