/** Most rows of a sheet (requests-and-annotation.md §3.5): far above any request, far below what would hurt. */
export const maxSheetRows = 5_000;
