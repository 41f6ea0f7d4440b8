import type { LabPrepRow } from "@opengsync/db/queries/lab-preps";
import type { LibraryRow } from "@opengsync/db/queries/libraries";
import { findMember, LabChecklistType, PrepStatus, ServiceType } from "@opengsync/domain/catalog";
import { countColumn, idColumn, memberColumn, nameColumn, statusColumn } from "../../components/list-columns.tsx";
import { ObjectLink } from "../../components/parts.tsx";
import { defineList } from "../../framework/list.ts";
import { AssigneeBadges } from "../assignees/assignees.tsx";
import { libraryTypesColumn } from "../libraries/library-cells.tsx";
import { libraryColumns, libraryPoolColumn } from "../pools/tables.tsx";

const checklistOf = (row: LabPrepRow) => row.checklist_type_id;
const serviceOf = (row: LabPrepRow) => row.service_type_id;
const href = (row: LabPrepRow) => `/lab_preps/${row.id}/`;

/** The table of lab preps: access-and-web.md §11.2. */
export const labPrepsTable = defineList<LabPrepRow>({
	name: "lab-preps",
	empty: { title: "No preps yet", hint: "A prep is a batch of libraries that are made together at the bench." },
	columns: [
		{
			...idColumn<LabPrepRow>(href),
			cell: (row) => (
				<>
					<ObjectLink href={href(row)} mono>
						{row.id}
					</ObjectLink>{" "}
					<AssigneeBadges assignees={[{ id: row.creator_id, name: row.creator_name }]} word="Created by" />
				</>
			),
		},
		nameColumn(href),
		statusColumn(PrepStatus),
		{
			...memberColumn<LabPrepRow>({ key: "checklist_type", title: "Checklist", sort: true }, LabChecklistType, checklistOf),
			cell: (row) => findMember(LabChecklistType, checklistOf(row))?.abbreviation,
		},
		{
			...memberColumn<LabPrepRow>({ key: "service_type", title: "Service" }, ServiceType, serviceOf),
			cell: (row) => findMember(ServiceType, serviceOf(row))?.abbreviation,
		},
		libraryTypesColumn,
		countColumn("num_samples", "Samples"),
		countColumn("num_libraries", "Libraries"),
		{
			key: "creator",
			title: "Creator",
			search: true,
			cell: (row) => row.creator_name,
			text: (row) => row.creator_name,
		},
	],
});

/** Libraries of a prep. */
export const prepLibraries = defineList<LibraryRow>({
	name: "prep-libraries",
	empty: { title: "No libraries in this prep" },
	columns: [...libraryColumns, libraryPoolColumn],
});
