import { deflateRawSync } from "node:zlib";

/** A ZIP archive of one deflated part, whose declared size may lie. */
export function zipOf(name: string, content: Uint8Array, declaredBytes = content.length): Uint8Array<ArrayBuffer> {
	const packed = deflateRawSync(content);
	const local = Buffer.alloc(30 + name.length);
	local.writeUInt32LE(0x04034b50, 0);
	local.writeUInt16LE(8, 8);
	local.writeUInt32LE(packed.length, 18);
	local.writeUInt32LE(declaredBytes, 22);
	local.writeUInt16LE(name.length, 26);
	local.write(name, 30);
	const entry = Buffer.alloc(46 + name.length);
	entry.writeUInt32LE(0x02014b50, 0);
	entry.writeUInt16LE(8, 10);
	entry.writeUInt32LE(packed.length, 20);
	entry.writeUInt32LE(declaredBytes, 24);
	entry.writeUInt16LE(name.length, 28);
	entry.write(name, 46);
	const end = Buffer.alloc(22);
	end.writeUInt32LE(0x06054b50, 0);
	end.writeUInt16LE(1, 8);
	end.writeUInt16LE(1, 10);
	end.writeUInt32LE(entry.length, 12);
	end.writeUInt32LE(local.length + packed.length, 16);
	return new Uint8Array(Buffer.concat([local, packed, entry, end]));
}
