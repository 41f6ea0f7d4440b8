/**
 * A body that takes the next chunk only when the client has taken the last.
 * @param onEnd runs once, at the end, on an error, and when the client goes away
 */
export function streamOf(
	chunks: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
	onEnd: () => Promise<void> = async () => undefined,
): ReadableStream<Uint8Array> {
	const iterator = Symbol.asyncIterator in chunks ? chunks[Symbol.asyncIterator]() : chunks[Symbol.iterator]();
	return new ReadableStream<Uint8Array>(
		{
			async pull(controller) {
				try {
					const next = await iterator.next();
					if (!next.done) return controller.enqueue(next.value);
					await onEnd();
					controller.close();
				} catch (error) {
					await onEnd();
					controller.error(error);
				}
			},
			async cancel() {
				await iterator.return?.();
				await onEnd();
			},
		},
		{ highWaterMark: 1 },
	);
}

/** The same for text, as UTF-8. */
export function streamOfText(texts: AsyncIterable<string> | Iterable<string>): ReadableStream<Uint8Array> {
	async function* encoded() {
		const encoder = new TextEncoder();
		for await (const text of texts) yield encoder.encode(text);
	}
	return streamOf(encoded());
}
