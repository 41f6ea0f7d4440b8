import { defineForm } from "../../framework/form.ts";

/** A form with a field of every kind. */
export const demoForm = defineForm({
	name: "demo",
	submitLabel: "Save",
	sections: [
		{ key: "sequencing", title: "Sequencing" },
		{ key: "more", title: "More", help: "Only if you know already.", collapsed: true },
	],
	fields: {
		name: { kind: "text", label: "Name", required: true, minLength: 6, maxLength: 64, help: "6 to 64 characters." },
		email: { kind: "email", label: "Contact e-mail", required: true, half: true },
		billing: { kind: "text", label: "Billing code", half: true, monospace: true },
		description: { kind: "textarea", label: "Description", maxLength: 1024, rows: 3 },
		depth: { kind: "number", label: "Depth", unit: "M reads", min: 0, half: true, section: "sequencing" },
		cycles: { kind: "integer", label: "Cycles of read 1", min: 1, max: 600, half: true, section: "sequencing" },
		readType: {
			kind: "select",
			label: "Read type",
			required: true,
			section: "sequencing",
			options: [
				{ value: 1, label: "Single-end" },
				{ value: 2, label: "Paired-end" },
			],
		},
		delivery: {
			kind: "radio",
			label: "Delivery",
			section: "sequencing",
			value: "link",
			options: [
				{ value: "link", label: "Download link" },
				{ value: "disk", label: "Disk" },
			],
		},
		assays: {
			kind: "multi-select",
			label: "Assays",
			section: "more",
			options: [
				{ value: 1, label: "Gene expression" },
				{ value: 2, label: "Antibody capture" },
				{ value: 3, label: "VDJ" },
			],
		},
		requestor: { kind: "search-select", label: "Requestor", source: "/dev/search/", section: "more" },
		appointment: { kind: "datetime-local", label: "Appointment", section: "more" },
		report: { kind: "file", label: "Report", extensions: ["pdf"], maxSizeBytes: 5_242_880, section: "more" },
		fastq: { kind: "switch", label: "Demultiplexed FASTQ", value: true },
		agreed: { kind: "checkbox", label: "I have read the terms", required: true },
	},
});
