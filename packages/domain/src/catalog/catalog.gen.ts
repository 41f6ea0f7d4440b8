// Generated from catalog.json by `npm run generate`. Do not edit.

/** What a user account may do. 'insider' marks facility staff. */
export const UserRole = {
	DEACTIVATED: {"id":0,"key":"DEACTIVATED","label":"Deactivated","icon":"🔒","insider":false,"description":"Cannot sign in and has no access to any object. Also used for accounts that staff create on behalf of a requestor."},
	ADMIN: {"id":1,"key":"ADMIN","label":"Admin","icon":"🤓","insider":true,"description":"Facility staff with every permission, including role changes and deletion of submitted requests."},
	BIOINFORMATICIAN: {"id":2,"key":"BIOINFORMATICIAN","label":"Bioinformatician","icon":"👨🏾‍💻","insider":true,"description":"Facility staff working with the data."},
	TECHNICIAN: {"id":3,"key":"TECHNICIAN","label":"Technician","icon":"🧑🏽‍🔬","insider":true,"description":"Facility staff working in the lab."},
	CLIENT: {"id":4,"key":"CLIENT","label":"Client","icon":"👶🏻","insider":false,"description":"A customer of the facility; sees own objects and those of own groups."},
	TEMPORARY: {"id":5,"key":"TEMPORARY","label":"Temporary","icon":"⏳","insider":false,"description":"A deactivated account in which an admin has opened a session; falls back to DEACTIVATED when that session ends."},
} as const;

/** Level of access of one user to one object, worked out per request and never stored. Compared numerically: a higher id includes the lower ones. */
export const AccessType = {
	ADMIN: {"id":100,"key":"ADMIN","label":"Admin","icon":"🤓","description":"The user is an admin."},
	INSIDER: {"id":90,"key":"INSIDER","label":"Insider","icon":"👥","description":"The user is facility staff."},
	OWNER: {"id":50,"key":"OWNER","label":"Owner","icon":"👑","description":"The user owns the object or is its requestor or uploader."},
	EDIT: {"id":20,"key":"EDIT","label":"Edit","icon":"📝","description":"The user belongs to the group of the object."},
	VIEW: {"id":10,"key":"VIEW","label":"View","icon":"👀","description":"May look only; no rule assigns it at present, pages require at least this level."},
	NONE: {"id":0,"key":"NONE","label":"None","icon":"🚫","description":"No access."},
} as const;

/** Standing of a user in a group. */
export const AffiliationType = {
	OWNER: {"id":1,"key":"OWNER","label":"Owner","icon":"👑","description":"Exactly one per group; cannot be removed, only replaced by a transfer of ownership."},
	MANAGER: {"id":2,"key":"MANAGER","label":"Manager","icon":"🤓","description":"May add and remove members. A former owner becomes a manager."},
	MEMBER: {"id":3,"key":"MEMBER","label":"Member","icon":"👨🏾‍💻","description":"Ordinary member; the default when a user is added."},
} as const;

/** Kind of a group of users. */
export const GroupType = {
	INSTITUTION: {"id":1,"key":"INSTITUTION","label":"Institution","icon":"🏛️"},
	RESEARCH_GROUP: {"id":2,"key":"RESEARCH_GROUP","label":"Research Group/Lab","icon":"👥"},
	COLLABORATION: {"id":3,"key":"COLLABORATION","label":"Collaboration","icon":"🌍"},
} as const;

/** Stage of a service request. */
export const SeqRequestStatus = {
	DRAFT: {"id":0,"key":"DRAFT","label":"Draft","icon":"✍🏼","final":false,"description":"Being put together by the requestor."},
	SUBMITTED: {"id":1,"key":"SUBMITTED","label":"Submitted","icon":"🚀","final":false,"description":"Handed in, waiting for the review by staff."},
	ACCEPTED: {"id":2,"key":"ACCEPTED","label":"Accepted","icon":"👍","final":false,"description":"Approved; material is expected."},
	SAMPLES_RECEIVED: {"id":3,"key":"SAMPLES_RECEIVED","label":"Samples Stored","icon":"📦","final":false,"description":"All material has arrived and is stored."},
	PREPARED: {"id":4,"key":"PREPARED","label":"Prepared","icon":"🧪","final":false,"description":"Every library is prepared and pooled."},
	DATA_PROCESSING: {"id":5,"key":"DATA_PROCESSING","label":"Data Processing","icon":"👨🏽‍💻","final":false,"description":"Every library has been sequenced; data are being processed."},
	FINISHED: {"id":6,"key":"FINISHED","label":"Finished","icon":"✅","final":false,"description":"The data have been handed over."},
	FAILED: {"id":10,"key":"FAILED","label":"Failed","icon":"❌","final":true,"description":"The request could not be fulfilled."},
	REJECTED: {"id":11,"key":"REJECTED","label":"Rejected","icon":"⛔","final":true,"description":"Turned down in the review."},
	ARCHIVED: {"id":12,"key":"ARCHIVED","label":"Archived","icon":"🗃️","final":true,"description":"Put aside."},
} as const;

/** Decision of the reviewer on a submitted request. Not stored: it is translated to a status and a comment. */
export const RequestResponse = {
	ACCEPTED: {"id":1,"key":"ACCEPTED","label":"Accepted","icon":"✅","resultingSeqRequestStatusId":2,"commentRequired":false,"description":"Request becomes ACCEPTED."},
	PENDING_REVISION: {"id":2,"key":"PENDING_REVISION","label":"Pending Revision","icon":"🔍","resultingSeqRequestStatusId":0,"commentRequired":true,"description":"Request goes back to DRAFT."},
	REJECTED: {"id":3,"key":"REJECTED","label":"Rejected","icon":"❌","resultingSeqRequestStatusId":11,"commentRequired":true,"description":"Request becomes REJECTED."},
} as const;

/** Which material the customer hands in. 'identifier' is the letter used in requests-and-annotation.md. */
export const SubmissionType = {
	RAW_SAMPLES: {"id":1,"key":"RAW_SAMPLES","label":"Raw Samples","abbreviation":"Raw","staffOnly":false,"identifier":"R","description":"Specimens; the facility prepares and pools the libraries."},
	POOLED_LIBRARIES: {"id":2,"key":"POOLED_LIBRARIES","label":"Pooled Libraries","abbreviation":"Pooled","staffOnly":false,"identifier":"P","description":"Pools that are ready to be sequenced."},
	UNPOOLED_LIBRARIES: {"id":3,"key":"UNPOOLED_LIBRARIES","label":"Un-Pooled Libraries","abbreviation":"Un-Pooled","staffOnly":true,"identifier":"U","description":"Single libraries; the facility pools them."},
	QC_ONLY: {"id":4,"key":"QC_ONLY","label":"QC only","abbreviation":"QC","staffOnly":false,"identifier":"Q","extension":"2","description":"Samples are measured and reported, nothing is sequenced."},
} as const;

/** What the requestor wants to get. */
export const DataDeliveryMode = {
	CUSTOM: {"id":0,"key":"CUSTOM","label":"Custom","description":"The requestor does not know yet or has a special wish."},
	READS_ONLY: {"id":1,"key":"READS_ONLY","label":"Reads only","description":"Raw reads as FASTQ or BAM files."},
	ALIGNMENT: {"id":2,"key":"ALIGNMENT","label":"Alignment","description":"Raw reads and aligned reads (BAM)."},
	CELLRANGER_ANALYSIS: {"id":3,"key":"CELLRANGER_ANALYSIS","label":"CellRanger analysis","description":"Raw reads and Cell Ranger output; 10x Genomics libraries only."},
	DOWNSTREAM: {"id":4,"key":"DOWNSTREAM","label":"Downstream analysis","description":"Results of a further analysis; to be chosen only where a collaboration has been agreed."},
} as const;

/** Read layout asked for in a request or found in a run. */
export const ReadType = {
	OTHER: {"id":0,"key":"OTHER","label":"Other","icon":"⚙️"},
	SINGLE_END: {"id":1,"key":"SINGLE_END","label":"Single-end","icon":"➡️"},
	PAIRED_END: {"id":2,"key":"PAIRED_END","label":"Paired-end","icon":"🔁"},
} as const;

/** Whether the data have been announced to one delivery address of a request. */
export const DeliveryStatus = {
	PENDING: {"id":0,"key":"PENDING","label":"Pending","icon":"🕒"},
	DISPATCHED: {"id":1,"key":"DISPATCHED","label":"Dispatched","icon":"📬"},
} as const;

/** Kind of a calendar event, with the colour in which the calendar shows it. */
export const EventType = {
	CUSTOM: {"id":0,"key":"CUSTOM","label":"Custom","color":"#d63384","description":"Any other appointment."},
	SAMPLE_SUBMISSION: {"id":1,"key":"SAMPLE_SUBMISSION","label":"Sample Submission","color":"#fd7e14","description":"Agreed time at which the material of a request is brought."},
} as const;

/** Stage of a project. */
export const ProjectStatus = {
	DRAFT: {"id":0,"key":"DRAFT","label":"Draft","icon":"✍🏼","final":false,"description":"Nothing has been submitted for it yet."},
	PROCESSING: {"id":1,"key":"PROCESSING","label":"Processing","icon":"🔬","final":false,"description":"The lab works on it."},
	SEQUENCED: {"id":2,"key":"SEQUENCED","label":"Sequenced","icon":"🧬","final":false,"description":"All its libraries have been sequenced; data are being processed."},
	DELIVERED: {"id":3,"key":"DELIVERED","label":"Delivered","icon":"✅","final":false,"description":"The data have been handed over."},
	ARCHIVED: {"id":11,"key":"ARCHIVED","label":"Archived","icon":"🗃️","final":true,"description":"The data are archived."},
} as const;

/** Whereabouts of a specimen. Empty for a sample of which no specimen ever reaches the facility (ready-made pools). */
export const SampleStatus = {
	DRAFT: {"id":0,"key":"DRAFT","label":"Draft","icon":"✍🏼","final":false,"description":"Planned."},
	WAITING_DELIVERY: {"id":1,"key":"WAITING_DELIVERY","label":"Waiting Delivery","icon":"📭","final":false,"description":"Accepted, to be delivered."},
	STORED: {"id":2,"key":"STORED","label":"Stored","icon":"📦","final":false,"description":"Received and stored."},
	DEPLETED: {"id":10,"key":"DEPLETED","label":"Depleted","icon":"🪫","final":true,"description":"Used up."},
	REJECTED: {"id":11,"key":"REJECTED","label":"Rejected","icon":"⛔","final":true,"description":"Its request was turned down."},
} as const;

/** Kind of material. Reserved: no field refers to it yet. */
export const SampleType = {
	CUSTOM: {"id":0,"key":"CUSTOM","label":"Custom"},
	CELL_SUSPENSION: {"id":1,"key":"CELL_SUSPENSION","label":"Cell Suspension"},
	FRESH_TISSUE: {"id":2,"key":"FRESH_TISSUE","label":"Fresh Tissue"},
	FROZEN_TISSUE: {"id":3,"key":"FROZEN_TISSUE","label":"Frozen Tissue"},
	FFPE: {"id":4,"key":"FFPE","label":"FFPE Tissue"},
} as const;

/** Well-known sample attributes. The label is the key under which the value is kept; an attribute whose normalised name (trimmed, lower case, blanks replaced by underscores) equals a label has that type, any other has type CUSTOM. */
export const AttributeType = {
	CUSTOM: {"id":0,"key":"CUSTOM","label":"custom"},
	SEX: {"id":1,"key":"SEX","label":"sex"},
	GENOTYPE: {"id":2,"key":"GENOTYPE","label":"genotype"},
	CELL_TYPE: {"id":3,"key":"CELL_TYPE","label":"cell_type"},
	CONDITION: {"id":4,"key":"CONDITION","label":"condition"},
	AGE: {"id":5,"key":"AGE","label":"age"},
	TISSUE: {"id":6,"key":"TISSUE","label":"tissue"},
	DISEASE: {"id":7,"key":"DISEASE","label":"disease"},
} as const;

/** Stage of a library. */
export const LibraryStatus = {
	DRAFT: {"id":0,"key":"DRAFT","label":"Draft","icon":"✍🏼","final":false,"description":"Planned."},
	SUBMITTED: {"id":1,"key":"SUBMITTED","label":"Submitted","icon":"🚀","final":false,"description":"Handed in with its request."},
	ACCEPTED: {"id":2,"key":"ACCEPTED","label":"Accepted","icon":"👍","final":false,"description":"Approved."},
	PREPARING: {"id":3,"key":"PREPARING","label":"Preparing","icon":"🔬","final":false,"description":"Being prepared in the lab."},
	STORED: {"id":4,"key":"STORED","label":"Stored","icon":"📦","final":false,"description":"Received and stored."},
	POOLED: {"id":5,"key":"POOLED","label":"Pooled","icon":"🧪","final":false,"description":"Prepared and in a pool."},
	SEQUENCED: {"id":6,"key":"SEQUENCED","label":"Sequenced","icon":"✅","final":false,"description":"Sequenced."},
	SHARED: {"id":7,"key":"SHARED","label":"Shared","icon":"📤","final":false,"description":"Data handed over."},
	FAILED: {"id":10,"key":"FAILED","label":"Failed","icon":"❌","final":true,"description":"Could not be prepared or sequenced."},
	REJECTED: {"id":11,"key":"REJECTED","label":"Rejected","icon":"⛔","final":true,"description":"Turned down."},
	ARCHIVED: {"id":12,"key":"ARCHIVED","label":"Archived","icon":"🗃️","final":true,"description":"Sequenced and data archived."},
	REMOVED: {"id":13,"key":"REMOVED","label":"Removed","icon":"🗑️","final":true,"description":"Taken out."},
	QC_PENDING: {"id":14,"key":"QC_PENDING","label":"QC Pending","icon":"🔎","final":false,"comparesAs":4,"extension":"2","description":"Stored, to be measured (QC-only requests)."},
	QC_COMPLETED: {"id":15,"key":"QC_COMPLETED","label":"QC Completed","icon":"📋","final":false,"comparesAs":4,"extension":"2","description":"Measured (QC-only requests)."},
} as const;

/** Kind of a sequencing library. 'identifier' is unique and is the suffix of library names; 'modality' is what the library measures; 'groups' are the sets of groupings.libraryTypeGroups that it belongs to. */
export const LibraryType = {
	CUSTOM: {"id":0,"key":"CUSTOM","label":"Custom","abbreviation":"Custom","identifier":"CUSTOM","modality":"Custom","groups":[]},
	TENX_SC_GEX_FLEX: {"id":1,"key":"TENX_SC_GEX_FLEX","label":"10X Flex Gene Expression","abbreviation":"10X Flex GEX","identifier":"10XFLEXGEX","modality":"Gene Expression","groups":["tenx","flex"]},
	TENX_SC_ATAC: {"id":2,"key":"TENX_SC_ATAC","label":"10X Single Cell ATAC","abbreviation":"10X ATAC","identifier":"10XATAC","modality":"Chromatin Accessibility","groups":["tenx","tenxAtacIndexed"]},
	TENX_SC_GEX_3PRIME: {"id":3,"key":"TENX_SC_GEX_3PRIME","label":"10X Single Cell 3-P Gene Expression","abbreviation":"10X 3' GEX","identifier":"10XGEX3P","modality":"Gene Expression","groups":["tenx","tenxGexGemx"]},
	TENX_SC_GEX_5PRIME: {"id":4,"key":"TENX_SC_GEX_5PRIME","label":"10X Single Cell 5-P Gene Expression","abbreviation":"10X 5' GEX","identifier":"10XGEX5P","modality":"Gene Expression","groups":["tenx","tenxGexGemx"]},
	TENX_VISIUM_HD: {"id":5,"key":"TENX_VISIUM_HD","label":"10X Visium HD Spatial Gene Expression","abbreviation":"10X HD Spatial","identifier":"10XVISIUMHD","modality":"Spatial Transcriptomics","groups":["tenx","visium","spatial"]},
	TENX_VISIUM_FFPE: {"id":6,"key":"TENX_VISIUM_FFPE","label":"10X Visium Gene Expression FFPE","abbreviation":"10X Visium FFPE","identifier":"10XVISIUMFFPE","modality":"Spatial Transcriptomics","groups":["tenx","visium","spatial"]},
	TENX_VISIUM: {"id":7,"key":"TENX_VISIUM","label":"10X Visium Gene Expression","abbreviation":"10X Visium","identifier":"10XVISIUM","modality":"Spatial Transcriptomics","groups":["tenx","visium","spatial"]},
	TENX_ANTIBODY_CAPTURE: {"id":8,"key":"TENX_ANTIBODY_CAPTURE","label":"10X Antibody Capture","abbreviation":"10X ABC","identifier":"10XABC","modality":"Antibody Capture","groups":["tenx","antibodyCapture"]},
	TENX_MUX_OLIGO: {"id":9,"key":"TENX_MUX_OLIGO","label":"10X Multiplexing Oligo Capture","abbreviation":"10X Oligo MUX","identifier":"10XOMUX","modality":"Multiplexing Capture","groups":["tenx"]},
	TENX_CRISPR_SCREENING: {"id":10,"key":"TENX_CRISPR_SCREENING","label":"10X CRISPR Screening","abbreviation":"10X CRISPR Screening","identifier":"10XCRISPR","modality":"CRISPR Screening","groups":["tenx"]},
	TENX_VDJ_B: {"id":11,"key":"TENX_VDJ_B","label":"10X BCR Profiling (VDJ-B)","abbreviation":"10X VDJ B","identifier":"10XVDJB","modality":"VDJ-B","groups":["tenx"]},
	TENX_VDJ_T: {"id":12,"key":"TENX_VDJ_T","label":"10X TCR alpha-beta Profiling (VDJ-T)","abbreviation":"10X VDJ T","identifier":"10XVDJT","modality":"VDJ-T","groups":["tenx"]},
	TENX_VDJ_T_GD: {"id":13,"key":"TENX_VDJ_T_GD","label":"10X TCR gamma-delta Profiling (VDJ-T-GD)","abbreviation":"10X VDJ T GD","identifier":"10XVDJTGD","modality":"VDJ-T-GD","groups":["tenx"]},
	TENX_SC_ABC_FLEX: {"id":14,"key":"TENX_SC_ABC_FLEX","label":"10X Flex Antibody Capture","abbreviation":"10X Flex ABC","identifier":"10XFLEXABC","modality":"Antibody Capture","groups":["tenx","antibodyCapture","flex"]},
	OPENST: {"id":50,"key":"OPENST","label":"Open Spatial Transcriptomics","abbreviation":"Open-ST","identifier":"OPENST","modality":"Spatial Transcriptomics","groups":["spatial"]},
	PARSE_SC_GEX: {"id":70,"key":"PARSE_SC_GEX","label":"Parse Biosciences Single-Cell Gene Expression","abbreviation":"Parse SC GEX","identifier":"PARSEGEX","modality":"Gene Expression","groups":["parse"]},
	PARSE_SC_CRISPR: {"id":71,"key":"PARSE_SC_CRISPR","label":"Parse Biosciences CRISPR Detect","abbreviation":"Parse CRISPR","identifier":"PARSECRISPR","modality":"CRISPR Screening","groups":["parse","crisprGuides"]},
	PARSE_EVERCODE_TCR: {"id":72,"key":"PARSE_EVERCODE_TCR","label":"Parse Biosciences Evercode TCR Immune Profiling","abbreviation":"Parse Evercode TCR","identifier":"PARSETCR","modality":"TCR Profiling","groups":["parse"]},
	PARSE_EVERCODE_BCR: {"id":73,"key":"PARSE_EVERCODE_BCR","label":"Parse Biosciences Evercode BCR Immune Profiling","abbreviation":"Parse Evercode BCR","identifier":"PARSBCR","modality":"BCR Profiling","groups":["parse"],"note":"identifier spelled so (without the second E) in stored library names; keep it"},
	BULK_RNA_SEQ: {"id":100,"key":"BULK_RNA_SEQ","label":"Bulk RNA-Seq","abbreviation":"Bulk RNA-Seq","identifier":"BULKRNA","modality":"Gene Expression","groups":[]},
	SMART_SC_SEQ: {"id":103,"key":"SMART_SC_SEQ","label":"Smart-Seq2 Single Cell","abbreviation":"Smart-Seq2 SC","identifier":"SMARTSEQSC2","modality":"Gene Expression","groups":[]},
	WGS: {"id":106,"key":"WGS","label":"Whole Genome Sequencing","abbreviation":"WGS","identifier":"WGS","modality":"Gene Expression","groups":[]},
	WES: {"id":107,"key":"WES","label":"Whole Exome Sequencing","abbreviation":"WES","identifier":"WES","modality":"Gene Expression","groups":[]},
	ATAC_SEQ: {"id":108,"key":"ATAC_SEQ","label":"ATAC-Seq","abbreviation":"ATAC-Seq","identifier":"ATAC","modality":"Chromatin Accessibility","groups":[]},
	RR_BS_SEQ: {"id":109,"key":"RR_BS_SEQ","label":"Reduced Representation Bisulfite Sequencing","abbreviation":"RR BS-Seq","identifier":"RRBS","modality":"Methylation Profiling","groups":[]},
	WG_BS_SEQ: {"id":110,"key":"WG_BS_SEQ","label":"Whole Genome Bisulfite Sequencing","abbreviation":"WG BS-Seq","identifier":"WGBS","modality":"Methylation Profiling","groups":[]},
	RR_EM_SEQ: {"id":111,"key":"RR_EM_SEQ","label":"Reduced Representation Enzymatic Methylation Sequencing","abbreviation":"RR EM-seq","identifier":"RREMSEQ","modality":"Methylation Profiling","groups":[]},
	WG_EM_SEQ: {"id":112,"key":"WG_EM_SEQ","label":"Whole Genome Enzymatic Methylation Sequencing","abbreviation":"WG EM-Seq","identifier":"WGEM","modality":"Methylation Profiling","groups":[]},
	ARTIC_SARS_COV_2: {"id":113,"key":"ARTIC_SARS_COV_2","label":"ARTIC SARS-CoV-2","abbreviation":"ARTIC SARS-CoV-2","identifier":"ARTIC","modality":"Viral Sequencing","groups":[]},
	IMMUNE_SEQ: {"id":114,"key":"IMMUNE_SEQ","label":"Immune Sequencing","abbreviation":"Immune Sequencing","identifier":"IMMUNE","modality":"Immune Sequencing","groups":[]},
	AMPLICON_SEQ: {"id":115,"key":"AMPLICON_SEQ","label":"Amplicon-seq","abbreviation":"Amplicon-seq","identifier":"AMPLICON","modality":"Gene Expression","groups":[]},
	CUT_AND_RUN: {"id":116,"key":"CUT_AND_RUN","label":"Cut & Run","abbreviation":"Cut&Run","identifier":"CUTNRUN","modality":"Binding Site Quantification","groups":[]},
} as const;

/** Reference organism of a library, with scientific name and NCBI taxonomy id. Shown as 'label (scientific name)'. */
export const GenomeRef = {
	CUSTOM: {"id":0,"key":"CUSTOM","label":"Custom","organismLatinName":null,"organismTaxId":null},
	HUMAN: {"id":1,"key":"HUMAN","label":"Human","organismLatinName":"Homo sapiens","organismTaxId":9606},
	MOUSE: {"id":2,"key":"MOUSE","label":"Mouse","organismLatinName":"Mus musculus","organismTaxId":10090},
	YEAST: {"id":3,"key":"YEAST","label":"Yeast","organismLatinName":"Saccharomyces cerevisiae","organismTaxId":4932},
	ECOLI: {"id":4,"key":"ECOLI","label":"E. Coli","organismLatinName":"Escherichia coli","organismTaxId":562},
	PIG: {"id":5,"key":"PIG","label":"Pig","organismLatinName":"Sus scrofa","organismTaxId":9823},
	COVID: {"id":6,"key":"COVID","label":"Covid","organismLatinName":"SARS-CoV-2","organismTaxId":2697049},
} as const;

/** Way in which several samples share one library. 'muxFields' are the fields of the multiplexing payload of a sample-library link that have to be filled for the annotation to be complete. */
export const MuxType = {
	CUSTOM: {"id":0,"key":"CUSTOM","label":"Custom","abbreviation":"Custom","muxFields":["barcode"],"muxLibraryTypeIds":[1,9]},
	TENX_OLIGO: {"id":1,"key":"TENX_OLIGO","label":"10X Oligo-based Cell Tagging (CMO/HTO/LMO..) Multiplexing","abbreviation":"Oligo","muxFields":["barcode","read","pattern"],"muxLibraryTypeIds":[1,9]},
	TENX_ON_CHIP: {"id":2,"key":"TENX_ON_CHIP","label":"10X On-Chip Multiplexing","abbreviation":"OCM","muxFields":["barcode"],"muxLibraryTypeIds":[1,9,3,4]},
	TENX_FLEX_PROBE: {"id":3,"key":"TENX_FLEX_PROBE","label":"10X Flex Probe Multiplexing","abbreviation":"Flex","muxFields":["barcode"],"muxLibraryTypeIds":[1,9]},
	TENX_ABC_HASH: {"id":4,"key":"TENX_ABC_HASH","label":"10X Antibody-based Cell Hashing Multiplexing","abbreviation":"ABC","muxFields":["barcode","read","pattern"],"muxLibraryTypeIds":[1,9,8]},
	PARSE_WELLS: {"id":5,"key":"PARSE_WELLS","label":"Parse Biosciences Well-based Multiplexing","abbreviation":"Parse","muxFields":["barcode"],"muxLibraryTypeIds":[1,9,70]},
} as const;

/** Layout of the sample index. 'barcodes' says how many barcodes of which type make up one adapter. */
export const IndexType = {
	DUAL_INDEX: {"id":1,"key":"DUAL_INDEX","label":"Dual Index","barcodes":[{"barcodeTypeId":1,"count":1},{"barcodeTypeId":2,"count":1}]},
	SINGLE_INDEX_I7: {"id":2,"key":"SINGLE_INDEX_I7","label":"Single Index (i7)","barcodes":[{"barcodeTypeId":1,"count":1}]},
	TENX_ATAC_INDEX: {"id":3,"key":"TENX_ATAC_INDEX","label":"10x ATAC Index","barcodes":[{"barcodeTypeId":1,"count":4}]},
	COMBINATORIAL_DUAL_INDEX: {"id":4,"key":"COMBINATORIAL_DUAL_INDEX","label":"Combinatorial Dual Index","barcodes":[{"barcodeTypeId":1,"count":1},{"barcodeTypeId":2,"count":1}]},
} as const;

/** Which index read a barcode belongs to. */
export const BarcodeType = {
	INDEX_I7: {"id":1,"key":"INDEX_I7","label":"Index i7","field":"index_i7","abbreviation":"i7"},
	INDEX_I5: {"id":2,"key":"INDEX_I5","label":"Index i5","field":"index_i5","abbreviation":"i5"},
} as const;

/** Orientation in which the index sequences of a library are stored, and whether it has been confirmed. 'validated' comes from a match with a known index kit or from staff. */
export const BarcodeOrientation = {
	FORWARD: {"id":1,"key":"FORWARD","label":"Forward (Validated)","validated":true,"description":"Forward, confirmed by a kit match or by staff."},
	REVERSE_COMPLEMENT: {"id":2,"key":"REVERSE_COMPLEMENT","label":"Reverse Complement (Validated)","validated":true,"description":"Reverse complement, confirmed."},
	FORWARD_NOT_VALIDATED: {"id":3,"key":"FORWARD_NOT_VALIDATED","label":"Forward (Not Validated)","validated":false,"description":"Forward according to the submitter; to be confirmed in the review."},
	REVERSE_COMPLEMENT_NOT_VALIDATED: {"id":4,"key":"REVERSE_COMPLEMENT_NOT_VALIDATED","label":"Reverse Complement (Not Validated)","validated":false,"description":"Reverse complement according to the submitter."},
} as const;

/** Who made a pool. */
export const PoolType = {
	CUSTOM: {"id":0,"key":"CUSTOM","label":"Custom","identifier":"C","description":"Other."},
	EXTERNAL: {"id":1,"key":"EXTERNAL","label":"External","identifier":"E","description":"Made by the customer."},
	INTERNAL: {"id":2,"key":"INTERNAL","label":"Internal","identifier":"I","description":"Made by the facility."},
} as const;

/** Stage of a pool. */
export const PoolStatus = {
	DRAFT: {"id":0,"key":"DRAFT","label":"Draft","icon":"✍🏼","final":false,"description":"Planned."},
	SUBMITTED: {"id":1,"key":"SUBMITTED","label":"Submitted","icon":"🚀","final":false,"description":"Handed in with its request."},
	ACCEPTED: {"id":2,"key":"ACCEPTED","label":"Accepted","icon":"👍","final":false,"description":"Approved; to be delivered."},
	STORED: {"id":3,"key":"STORED","label":"Stored","icon":"📦","final":false,"description":"In the facility, ready to be sequenced."},
	SEQUENCED: {"id":4,"key":"SEQUENCED","label":"Sequenced","icon":"✅","final":false,"description":"Sequenced."},
	REJECTED: {"id":10,"key":"REJECTED","label":"Rejected","icon":"⛔","final":true,"description":"Turned down."},
	ARCHIVED: {"id":11,"key":"ARCHIVED","label":"Archived","icon":"🗃️","final":true,"description":"Sequenced and data archived."},
	REPOOLED: {"id":12,"key":"REPOOLED","label":"Re-Pooled","icon":"🪣","final":true,"description":"Merged into another pool."},
} as const;

/** Protocol family of a lab prep: it determines the prep number series, the template of the prep table and the library types that may be added. 'identifier' is the prefix of the prep identifier. */
export const LabChecklistType = {
	CUSTOM: {"id":0,"key":"CUSTOM","label":"Custom","abbreviation":"Custom","identifier":"X","prepTableTemplate":"template.xlsx","libraryTypeIds":[0,1,2,3,4,5,6,7,8,9,10,11,12,13,14,50,70,71,72,73,100,103,106,107,108,109,110,111,112,113,114,115,116]},
	RNA_SEQ: {"id":1,"key":"RNA_SEQ","label":"RNA-seq","abbreviation":"RNA","identifier":"R","prepTableTemplate":"RNA.xlsx","libraryTypeIds":[100,114]},
	QUANT_SEQ: {"id":2,"key":"QUANT_SEQ","label":"Quant-seq","abbreviation":"QUANT","identifier":"Q","prepTableTemplate":"QUANTSEQ.xlsx","libraryTypeIds":[100]},
	SMART_SEQ: {"id":3,"key":"SMART_SEQ","label":"Smart-seq","abbreviation":"SMART","identifier":"S","prepTableTemplate":"SMARTSEQ.xlsx","libraryTypeIds":[100,103]},
	WGS: {"id":4,"key":"WGS","label":"Whole Genome Sequencing","abbreviation":"WGS","identifier":"W","prepTableTemplate":"WGS_COV.xlsx","libraryTypeIds":[106,113,109,110,111,112]},
	TENX: {"id":5,"key":"TENX","label":"10X Genomics","abbreviation":"10x","identifier":"T","prepTableTemplate":"TENX.xlsx","libraryTypeIds":[1,2,3,4,5,6,7,8,9,10,11,12,13,14]},
	WES: {"id":6,"key":"WES","label":"Whole Exome Sequencing","abbreviation":"WES","identifier":"E","prepTableTemplate":"WES.xlsx","libraryTypeIds":[107]},
	ATAC_SEQ: {"id":7,"key":"ATAC_SEQ","label":"ATAC-seq","abbreviation":"ATAC","identifier":"A","prepTableTemplate":"ATAC.xlsx","libraryTypeIds":[108]},
	TENX_MULTIOME: {"id":8,"key":"TENX_MULTIOME","label":"10X Multiome","abbreviation":"10X_MULTIOME","identifier":"M","prepTableTemplate":"template.xlsx","libraryTypeIds":[3,2,8,9]},
} as const;

/** Stage of a lab prep. */
export const PrepStatus = {
	PREPARING: {"id":0,"key":"PREPARING","label":"Preparing","icon":"🧪","final":false,"description":"Work in progress; the only stage in which libraries may leave and the prep may be deleted."},
	COMPLETED: {"id":1,"key":"COMPLETED","label":"Completed","icon":"✅","final":false,"description":"Finished."},
	ARCHIVED: {"id":10,"key":"ARCHIVED","label":"Archived","icon":"🗃️","final":true,"description":"Put aside."},
} as const;

/** Kind of a kit; also tells the specialised kinds apart. */
export const KitType = {
	INDEX_KIT: {"id":1,"key":"INDEX_KIT","label":"Index Kit","description":"Sample indices: adapters and barcodes."},
	FEATURE_KIT: {"id":2,"key":"FEATURE_KIT","label":"Feature Kit","description":"Feature barcodes, e.g. antibodies or cell multiplexing oligos."},
	LIBRARY_KIT: {"id":3,"key":"LIBRARY_KIT","label":"Library Kit","description":"Library preparation reagents."},
} as const;

/** Kind of a feature barcode. 'modality' is the feature type name that analysis software expects. */
export const FeatureType = {
	CUSTOM: {"id":0,"key":"CUSTOM","label":"Custom","abbreviation":"Custom","modality":"Custom"},
	CMO: {"id":1,"key":"CMO","label":"Cell Multiplexing Oligo","abbreviation":"CMO","modality":"Multiplexing Capture"},
	ANTIBODY: {"id":2,"key":"ANTIBODY","label":"Cell Surface Protein Capture","abbreviation":"ABC","modality":"Antibody Capture"},
	CRISPR_CAPTURE: {"id":3,"key":"CRISPR_CAPTURE","label":"CRISPR Capture","abbreviation":"CRISPR","modality":"CRISPR Capture"},
	GENE_CAPTURE: {"id":4,"key":"GENE_CAPTURE","label":"Gene Capture","abbreviation":"GENE","modality":"Gene Capture"},
	PRIMER_CAPTURE: {"id":5,"key":"PRIMER_CAPTURE","label":"Primer Capture","abbreviation":"PRIMER","modality":"Primer Capture"},
} as const;

/** Service that can be ordered, and the library types into which one sample of it expands. Shown as 'label (abbreviation)'. 'libraryTypeIds' are made always, 'optionalLibraryTypeIds' on request. 'oligoMultiplexing' and 'ocmMultiplexing' say which multiplexing may be offered. */
export const ServiceType = {
	CUSTOM: {"id":0,"key":"CUSTOM","label":"Custom","abbreviation":"Custom","platform":null,"oligoMultiplexing":true,"ocmMultiplexing":true,"libraryTypeIds":[],"optionalLibraryTypeIds":[],"flex":false,"note":"The library types are named by hand. Oligo, on-chip and antibody hashing may be chosen; they set the multiplexing type only (requests-and-annotation.md 5.6).","plexity":null},
	TENX_SC_SINGLE_PLEX_FLEX: {"id":10,"key":"TENX_SC_SINGLE_PLEX_FLEX","label":"10X Single Cell Gene Expression Flex Single-Plex","abbreviation":"10X Flex Single-Plex","platform":"10X Chromium","oligoMultiplexing":false,"ocmMultiplexing":false,"libraryTypeIds":[1],"optionalLibraryTypeIds":[14],"flex":true,"plexity":1},
	TENX_SC_ATAC: {"id":11,"key":"TENX_SC_ATAC","label":"10X Single Cell ATAC","abbreviation":"10X ATAC","platform":"10X Chromium","oligoMultiplexing":false,"ocmMultiplexing":false,"libraryTypeIds":[2],"optionalLibraryTypeIds":[],"flex":false,"plexity":null},
	TENX_SC_GEX_3PRIME: {"id":12,"key":"TENX_SC_GEX_3PRIME","label":"10X Single Cell Gene Expression 3'","abbreviation":"10X 3'","platform":"10X Chromium","oligoMultiplexing":true,"ocmMultiplexing":true,"libraryTypeIds":[3],"optionalLibraryTypeIds":[8],"flex":false,"plexity":null},
	TENX_SC_GEX_5PRIME: {"id":13,"key":"TENX_SC_GEX_5PRIME","label":"10X Single Cell Immune Profiling 5'","abbreviation":"10X 5'","platform":"10X Chromium","oligoMultiplexing":true,"ocmMultiplexing":true,"libraryTypeIds":[4],"optionalLibraryTypeIds":[8,10,11,12,13],"flex":false,"plexity":null},
	TENX_SC_MULTIOME: {"id":14,"key":"TENX_SC_MULTIOME","label":"10X Single Cell Multiome","abbreviation":"10X Multiome","platform":"10X Chromium","oligoMultiplexing":true,"ocmMultiplexing":false,"libraryTypeIds":[3,2],"optionalLibraryTypeIds":[],"flex":false,"plexity":null},
	TENX_SC_4_PLEX_FLEX: {"id":15,"key":"TENX_SC_4_PLEX_FLEX","label":"10X Single Cell Gene Expression Flex 4-Plex","abbreviation":"10X Flex 4-Plex","platform":"10X Chromium","oligoMultiplexing":false,"ocmMultiplexing":false,"libraryTypeIds":[1],"optionalLibraryTypeIds":[14],"flex":true,"plexity":4},
	TENX_SC_16_PLEX_FLEX: {"id":16,"key":"TENX_SC_16_PLEX_FLEX","label":"10X Single Cell Gene Expression Flex 16-Plex","abbreviation":"10X Flex 16-Plex","platform":"10X Chromium","oligoMultiplexing":false,"ocmMultiplexing":false,"libraryTypeIds":[1],"optionalLibraryTypeIds":[14],"flex":true,"plexity":16},
	TENX_SC_FLEX_V2: {"id":17,"key":"TENX_SC_FLEX_V2","label":"10X Single Cell Gene Expression Flex Apex","abbreviation":"10X Flex Apex","platform":"10X Chromium","oligoMultiplexing":false,"ocmMultiplexing":false,"libraryTypeIds":[1],"optionalLibraryTypeIds":[14],"flex":true,"plexity":384},
	OPENST: {"id":50,"key":"OPENST","label":"Open Spatial Transcriptomics","abbreviation":"Open-ST","platform":null,"oligoMultiplexing":false,"ocmMultiplexing":false,"libraryTypeIds":[50],"optionalLibraryTypeIds":[],"flex":false,"plexity":null},
	PARSE: {"id":51,"key":"PARSE","label":"Parse Biosciences Single-Cell Sequencing","abbreviation":"Parse SC","platform":null,"oligoMultiplexing":false,"ocmMultiplexing":false,"libraryTypeIds":[70],"optionalLibraryTypeIds":[71,72,73],"flex":false,"plexity":null},
	BULK_RNA_SEQ: {"id":100,"key":"BULK_RNA_SEQ","label":"Bulk RNA-Seq","abbreviation":"Bulk RNA-Seq","platform":null,"oligoMultiplexing":false,"ocmMultiplexing":false,"libraryTypeIds":[100],"optionalLibraryTypeIds":[],"flex":false,"plexity":null},
	WGS: {"id":105,"key":"WGS","label":"Whole Genome Sequencing","abbreviation":"WGS","platform":null,"oligoMultiplexing":false,"ocmMultiplexing":false,"libraryTypeIds":[106],"optionalLibraryTypeIds":[],"flex":false,"plexity":null},
	WES: {"id":106,"key":"WES","label":"Whole Exome Sequencing","abbreviation":"WES","platform":null,"oligoMultiplexing":false,"ocmMultiplexing":false,"libraryTypeIds":[107],"optionalLibraryTypeIds":[],"flex":false,"plexity":null},
	WG_BS_SEQ: {"id":107,"key":"WG_BS_SEQ","label":"Whole Genome Bisulfite Sequencing","abbreviation":"WG BS-Seq","platform":null,"oligoMultiplexing":false,"ocmMultiplexing":false,"libraryTypeIds":[110],"optionalLibraryTypeIds":[],"flex":false,"plexity":null},
	RR_BS_SEQ: {"id":108,"key":"RR_BS_SEQ","label":"Reduced Representation Bisulfite Sequencing","abbreviation":"RR BS-Seq","platform":null,"oligoMultiplexing":false,"ocmMultiplexing":false,"libraryTypeIds":[109],"optionalLibraryTypeIds":[],"flex":false,"plexity":null},
	WG_EM_SEQ: {"id":109,"key":"WG_EM_SEQ","label":"Whole Genome Enzymatic Methylation Sequencing","abbreviation":"WG EM-Seq","platform":null,"oligoMultiplexing":false,"ocmMultiplexing":false,"libraryTypeIds":[112],"optionalLibraryTypeIds":[],"flex":false,"plexity":null},
	RR_EM_SEQ: {"id":110,"key":"RR_EM_SEQ","label":"Reduced Representation Enzymatic Methylation Sequencing","abbreviation":"RR EM-Seq","platform":null,"oligoMultiplexing":false,"ocmMultiplexing":false,"libraryTypeIds":[111],"optionalLibraryTypeIds":[],"flex":false,"plexity":null},
	ATAC_SEQ: {"id":111,"key":"ATAC_SEQ","label":"ATAC-Seq","abbreviation":"ATAC-Seq","platform":null,"oligoMultiplexing":false,"ocmMultiplexing":false,"libraryTypeIds":[108],"optionalLibraryTypeIds":[],"flex":false,"plexity":null},
	ARTIC_SARS_COV_2: {"id":112,"key":"ARTIC_SARS_COV_2","label":"ARTIC SARS-CoV-2","abbreviation":"ARTIC SARS-CoV-2","platform":null,"oligoMultiplexing":false,"ocmMultiplexing":false,"libraryTypeIds":[113],"optionalLibraryTypeIds":[],"flex":false,"plexity":null},
	IMMUNE_SEQ: {"id":113,"key":"IMMUNE_SEQ","label":"NEBNext Immune sequencing","abbreviation":"Immune-Seq","platform":null,"oligoMultiplexing":false,"ocmMultiplexing":false,"libraryTypeIds":[114],"optionalLibraryTypeIds":[],"flex":false,"plexity":null},
} as const;

/** Model of a sequencer. Shown as 'label (manufacturer)'. */
export const SequencerModel = {
	I_SEQ_100: {"id":1,"key":"I_SEQ_100","label":"iSeq 100","manufacturer":"Illumina"},
	MINI_SEQ: {"id":2,"key":"MINI_SEQ","label":"MiniSeq","manufacturer":"Illumina"},
	MI_SEQ: {"id":3,"key":"MI_SEQ","label":"MiSeq","manufacturer":"Illumina"},
	NEXT_SEQ_550: {"id":4,"key":"NEXT_SEQ_550","label":"NextSeq 550","manufacturer":"Illumina"},
	NEXT_SEQ_1000: {"id":5,"key":"NEXT_SEQ_1000","label":"NextSeq 1000","manufacturer":"Illumina"},
	NEXT_SEQ_2000: {"id":6,"key":"NEXT_SEQ_2000","label":"NextSeq 2000","manufacturer":"Illumina"},
	NOVA_SEQ_6000: {"id":7,"key":"NOVA_SEQ_6000","label":"NovaSeq 6000","manufacturer":"Illumina"},
	NOVA_SEQ_X: {"id":8,"key":"NOVA_SEQ_X","label":"NovaSeq X","manufacturer":"Illumina"},
} as const;

/** Flow cell with number of lanes and capacity in million reads (per lane, and in all = lanes x capacity per lane). */
export const FlowCellType = {
	NOVASEQ_6K_SP: {"id":1,"key":"NOVASEQ_6K_SP","label":"NovaSeq 6000 SP","manufacturer":"Illumina","numLanes":2,"maxMReadsPerLane":325,"maxMReads":650},
	NOVASEQ_6K_S1: {"id":2,"key":"NOVASEQ_6K_S1","label":"NovaSeq 6000 S1","manufacturer":"Illumina","numLanes":2,"maxMReadsPerLane":650,"maxMReads":1300},
	NOVASEQ_6K_S2: {"id":3,"key":"NOVASEQ_6K_S2","label":"NovaSeq 6000 S2","manufacturer":"Illumina","numLanes":2,"maxMReadsPerLane":1650,"maxMReads":3300},
	NOVASEQ_6K_S4: {"id":4,"key":"NOVASEQ_6K_S4","label":"NovaSeq 6000 S4","manufacturer":"Illumina","numLanes":4,"maxMReadsPerLane":2000,"maxMReads":8000},
	MISEQ_V3: {"id":10,"key":"MISEQ_V3","label":"MiSeq v3","manufacturer":"Illumina","numLanes":1,"maxMReadsPerLane":22,"maxMReads":22},
	MISEQ_V2: {"id":11,"key":"MISEQ_V2","label":"MiSeq v2","manufacturer":"Illumina","numLanes":1,"maxMReadsPerLane":12,"maxMReads":12},
	MISEQ_MICRO_V2: {"id":12,"key":"MISEQ_MICRO_V2","label":"MiSeq Micro v2","manufacturer":"Illumina","numLanes":1,"maxMReadsPerLane":4,"maxMReads":4},
	MISEQ_NANO_V2: {"id":13,"key":"MISEQ_NANO_V2","label":"MiSeq Nano v2","manufacturer":"Illumina","numLanes":1,"maxMReadsPerLane":1,"maxMReads":1},
	NOVASEQ_X_1B_ILLUMINA: {"id":100,"key":"NOVASEQ_X_1B_ILLUMINA","label":"NovaSeq X 1.5B","manufacturer":"Illumina","numLanes":2,"maxMReadsPerLane":800,"maxMReads":1600},
	NOVASEQ_X_10B_ILLUMINA: {"id":101,"key":"NOVASEQ_X_10B_ILLUMINA","label":"NovaSeq X 10B","manufacturer":"Illumina","numLanes":8,"maxMReadsPerLane":1250,"maxMReads":10000},
	NOVASEQ_X_25B_ILLUMINA: {"id":102,"key":"NOVASEQ_X_25B_ILLUMINA","label":"NovaSeq X 25B","manufacturer":"Illumina","numLanes":8,"maxMReadsPerLane":3250,"maxMReads":26000},
	NOVASEQ_X_5B_ILLUMINA: {"id":103,"key":"NOVASEQ_X_5B_ILLUMINA","label":"NovaSeq X 5B","manufacturer":"Illumina","numLanes":8,"maxMReadsPerLane":625,"maxMReads":5000},
} as const;

/** Way of loading a flow cell. 'combinedLanes': one mix goes to all lanes (standard loading); otherwise lanes are loaded one by one (XP). 'volumeTargetUl' is the default total volume offered when loading; null = ask. */
export const ExperimentWorkflow = {
	NOVASEQ_6K_SP_STD: {"id":1,"key":"NOVASEQ_6K_SP_STD","label":"NovaSeq SP Standard","flowCellTypeId":1,"sequencerModelId":7,"combinedLanes":true,"volumeTargetUl":120,"volumeTargetConfirmed":true,"loadingChecklist":null},
	NOVASEQ_6K_SP_XP: {"id":2,"key":"NOVASEQ_6K_SP_XP","label":"NovaSeq SP XP","flowCellTypeId":1,"sequencerModelId":7,"combinedLanes":false,"volumeTargetUl":30,"volumeTargetConfirmed":true,"loadingChecklist":null},
	NOVASEQ_6K_S1_STD: {"id":3,"key":"NOVASEQ_6K_S1_STD","label":"NovaSeq S1 Standard","flowCellTypeId":2,"sequencerModelId":7,"combinedLanes":true,"volumeTargetUl":120,"volumeTargetConfirmed":true,"loadingChecklist":null},
	NOVASEQ_6K_S1_XP: {"id":4,"key":"NOVASEQ_6K_S1_XP","label":"NovaSeq S1 XP","flowCellTypeId":2,"sequencerModelId":7,"combinedLanes":false,"volumeTargetUl":30,"volumeTargetConfirmed":true,"loadingChecklist":null},
	NOVASEQ_6K_S2_STD: {"id":5,"key":"NOVASEQ_6K_S2_STD","label":"NovaSeq S2 Standard","flowCellTypeId":3,"sequencerModelId":7,"combinedLanes":true,"volumeTargetUl":170,"volumeTargetConfirmed":true,"loadingChecklist":null},
	NOVASEQ_6K_S2_XP: {"id":6,"key":"NOVASEQ_6K_S2_XP","label":"NovaSeq S2 XP","flowCellTypeId":3,"sequencerModelId":7,"combinedLanes":false,"volumeTargetUl":30,"volumeTargetConfirmed":true,"loadingChecklist":null},
	NOVASEQ_6K_S4_STD: {"id":7,"key":"NOVASEQ_6K_S4_STD","label":"NovaSeq S4 Standard","flowCellTypeId":4,"sequencerModelId":7,"combinedLanes":true,"volumeTargetUl":320,"volumeTargetConfirmed":true,"loadingChecklist":null},
	NOVASEQ_6K_S4_XP: {"id":8,"key":"NOVASEQ_6K_S4_XP","label":"NovaSeq S4 XP","flowCellTypeId":4,"sequencerModelId":7,"combinedLanes":false,"volumeTargetUl":50,"volumeTargetConfirmed":true,"loadingChecklist":null},
	MISEQ_V3: {"id":10,"key":"MISEQ_V3","label":"MiSeq v3","flowCellTypeId":10,"sequencerModelId":3,"combinedLanes":true,"volumeTargetUl":20,"volumeTargetConfirmed":false,"loadingChecklist":null},
	MISEQ_V2: {"id":11,"key":"MISEQ_V2","label":"MiSeq v2","flowCellTypeId":11,"sequencerModelId":3,"combinedLanes":true,"volumeTargetUl":21,"volumeTargetConfirmed":false,"loadingChecklist":null},
	MISEQ_MICRO_V2: {"id":12,"key":"MISEQ_MICRO_V2","label":"MiSeq Micro v2","flowCellTypeId":12,"sequencerModelId":3,"combinedLanes":true,"volumeTargetUl":22,"volumeTargetConfirmed":false,"loadingChecklist":null},
	MISEQ_NANO_V2: {"id":13,"key":"MISEQ_NANO_V2","label":"MiSeq Nano v2","flowCellTypeId":13,"sequencerModelId":3,"combinedLanes":true,"volumeTargetUl":23,"volumeTargetConfirmed":false,"loadingChecklist":null},
	NOVASEQ_X_1B: {"id":100,"key":"NOVASEQ_X_1B","label":"NovaSeq X 1.5B","flowCellTypeId":100,"sequencerModelId":8,"combinedLanes":true,"volumeTargetUl":null,"volumeTargetConfirmed":false,"loadingChecklist":"NOVASEQ_X"},
	NOVASEQ_X_10B: {"id":101,"key":"NOVASEQ_X_10B","label":"NovaSeq X 10B","flowCellTypeId":101,"sequencerModelId":8,"combinedLanes":true,"volumeTargetUl":null,"volumeTargetConfirmed":false,"loadingChecklist":"NOVASEQ_X"},
	NOVASEQ_X_25B: {"id":102,"key":"NOVASEQ_X_25B","label":"NovaSeq X 25B","flowCellTypeId":102,"sequencerModelId":8,"combinedLanes":true,"volumeTargetUl":null,"volumeTargetConfirmed":false,"loadingChecklist":"NOVASEQ_X_25B"},
	NOVASEQ_X_5B: {"id":106,"key":"NOVASEQ_X_5B","label":"NovaSeq X 5B","flowCellTypeId":103,"sequencerModelId":8,"combinedLanes":true,"volumeTargetUl":null,"volumeTargetConfirmed":false,"loadingChecklist":"NOVASEQ_X"},
	NOVASEQ_X_1B_XP: {"id":103,"key":"NOVASEQ_X_1B_XP","label":"NovaSeq X 1.5B XP","flowCellTypeId":100,"sequencerModelId":8,"combinedLanes":false,"volumeTargetUl":null,"volumeTargetConfirmed":false,"loadingChecklist":"NOVASEQ_X"},
	NOVASEQ_X_10B_XP: {"id":104,"key":"NOVASEQ_X_10B_XP","label":"NovaSeq X 10B XP","flowCellTypeId":101,"sequencerModelId":8,"combinedLanes":false,"volumeTargetUl":null,"volumeTargetConfirmed":false,"loadingChecklist":"NOVASEQ_X"},
	NOVASEQ_X_25B_XP: {"id":105,"key":"NOVASEQ_X_25B_XP","label":"NovaSeq X 25B XP","flowCellTypeId":102,"sequencerModelId":8,"combinedLanes":false,"volumeTargetUl":null,"volumeTargetConfirmed":false,"loadingChecklist":"NOVASEQ_X_25B"},
	NOVASEQ_X_5B_XP: {"id":107,"key":"NOVASEQ_X_5B_XP","label":"NovaSeq X 5B XP","flowCellTypeId":103,"sequencerModelId":8,"combinedLanes":false,"volumeTargetUl":null,"volumeTargetConfirmed":false,"loadingChecklist":"NOVASEQ_X"},
} as const;

/** Stage of an experiment (one flow cell). */
export const ExperimentStatus = {
	DRAFT: {"id":0,"key":"DRAFT","label":"Draft","icon":"✍🏼","final":false,"description":"Planned; the only stage in which it may be deleted."},
	LOADED: {"id":1,"key":"LOADED","label":"Loaded","icon":"⚙️","final":false,"description":"All lanes are loaded."},
	SEQUENCING: {"id":2,"key":"SEQUENCING","label":"Sequencing","icon":"🧬","final":false,"description":"The run is going on."},
	SEQUENCED: {"id":3,"key":"SEQUENCED","label":"Sequenced","icon":"✅","final":false,"description":"The run is finished."},
	DEMULTIPLEXED: {"id":4,"key":"DEMULTIPLEXED","label":"Demultiplexed","icon":"📊","final":false,"description":"Reads have been assigned to libraries."},
	ARCHIVED: {"id":10,"key":"ARCHIVED","label":"Archived","icon":"🗃️","final":true,"description":"The run folder has been moved away."},
	FAILED: {"id":11,"key":"FAILED","label":"Failed","icon":"❌","final":true,"description":"The run failed."},
	CANCELED: {"id":12,"key":"CANCELED","label":"Canceled","icon":"🚫","final":true,"description":"Called off."},
} as const;

/** Stage of a sequencing run as found in the run folders. */
export const RunStatus = {
	IDLE: {"id":0,"key":"IDLE","label":"Idle","icon":"⌛","final":false,"description":"Announced, not started."},
	RUNNING: {"id":1,"key":"RUNNING","label":"Running","icon":"🟢","final":false,"description":"Run folder present, not complete."},
	FINISHED: {"id":2,"key":"FINISHED","label":"Finished","icon":"✅","final":false,"description":"Run folder complete."},
	ARCHIVED: {"id":10,"key":"ARCHIVED","label":"Archived","icon":"🗃️","final":true,"description":"Run folder has gone."},
	FAILED: {"id":11,"key":"FAILED","label":"Failed","icon":"❌","final":true,"description":"Run failed."},
} as const;

/** Stage of a flow cell design or of a note on one. A design counts as archived from COMPLETED on. */
export const TaskStatus = {
	DRAFT: {"id":0,"key":"DRAFT","label":"Draft","icon":"✍🏼","final":false,"description":"Not begun."},
	IN_PROGRESS: {"id":1,"key":"IN_PROGRESS","label":"In Progress","icon":"📌","final":false,"description":"Under way."},
	COMPLETED: {"id":2,"key":"COMPLETED","label":"Completed","icon":"✅","final":false,"description":"Done."},
	FAILED: {"id":11,"key":"FAILED","label":"Failed","icon":"❌","final":true,"description":"Did not work out."},
	ARCHIVED: {"id":12,"key":"ARCHIVED","label":"Archived","icon":"🗃️","final":true,"description":"Put aside."},
	CANCELLED: {"id":13,"key":"CANCELLED","label":"Cancelled","icon":"🚫","final":true,"description":"Called off."},
} as const;

/** Kind of an uploaded or generated file. 'folder' is the sub-folder of the media folder; the file itself is named '<uuid><extension>'. 'extensions' lists what the kind permits; null = any of the general upload extensions. */
export const MediaFileType = {
	CUSTOM: {"id":0,"key":"CUSTOM","label":"Custom","folder":"etc","extensions":null,"maxSizeMegabytes":5,"uploadableOn":["seqRequest","experiment","labPrep"],"writtenBy":[]},
	SEQ_AUTH_FORM: {"id":1,"key":"SEQ_AUTH_FORM","label":"Sequencing Authorization Form","folder":"seq_auth_forms","extensions":["pdf"],"maxSizeMegabytes":5,"uploadableOn":["seqRequest"],"writtenBy":[]},
	BIOANALYZER_REPORT: {"id":2,"key":"BIOANALYZER_REPORT","label":"Bioanalyzer Report","folder":"bioanalyzer_reports","extensions":["pdf"],"maxSizeMegabytes":5,"uploadableOn":["experiment","labPrep"],"writtenBy":["bioanalyzerReport workflow"]},
	POST_SEQUENCING_QC_REPORT: {"id":3,"key":"POST_SEQUENCING_QC_REPORT","label":"Post-sequencing QC Report","folder":"post_seq_qc_reports","extensions":["pdf"],"maxSizeMegabytes":5,"uploadableOn":["experiment"],"writtenBy":[]},
	LANE_POOLING_TABLE: {"id":4,"key":"LANE_POOLING_TABLE","label":"Lane Pooling Table","folder":"lane_sample_pooling_tables","extensions":["tsv"],"maxSizeMegabytes":5,"uploadableOn":["experiment"],"writtenBy":["lane pooling workflow"]},
	LIBRARY_ANNOTATION: {"id":5,"key":"LIBRARY_ANNOTATION","label":"Library Annotation","folder":"library_annotation","extensions":["tsv"],"maxSizeMegabytes":5,"uploadableOn":[],"writtenBy":[]},
	POOL_INDEXING_TABLE: {"id":6,"key":"POOL_INDEXING_TABLE","label":"Pool Indexing Table","folder":"pool_indexing_tables","extensions":["tsv"],"maxSizeMegabytes":5,"uploadableOn":[],"writtenBy":[]},
	LIBRARY_PREP_FILE: {"id":7,"key":"LIBRARY_PREP_FILE","label":"Library Prep Table","folder":"library_prep_files","extensions":["xlsx"],"maxSizeMegabytes":5,"uploadableOn":[],"writtenBy":["library prep workflow"]},
	SEQUENCER_LOADING_CHECKLIST: {"id":8,"key":"SEQUENCER_LOADING_CHECKLIST","label":"Sequencer Loading Checklist","folder":"sequencer_loading_checklists","extensions":["md"],"maxSizeMegabytes":5,"uploadableOn":[],"writtenBy":["loading checklist form"]},
} as const;

/** Kind of a shared file or folder, derived from the path when not given. */
export const DataPathType = {
	CUSTOM: {"id":0,"key":"CUSTOM","label":"Custom","extensions":null,"description":"Any other file."},
	DIRECTORY: {"id":1,"key":"DIRECTORY","label":"Directory","extensions":null,"description":"A folder."},
	PDF: {"id":2,"key":"PDF","label":"PDF","extensions":["pdf"],"description":"Document."},
	TABLE: {"id":3,"key":"TABLE","label":"Table","extensions":["tsv","csv"],"description":"Plain text table."},
	EXCEL: {"id":4,"key":"EXCEL","label":"Excel","extensions":["xlsx","xls"],"description":"Workbook."},
	IMAGE: {"id":5,"key":"IMAGE","label":"Image","extensions":["png","jpg","jpeg","gif","tiff","bmp"],"description":"Picture."},
	HTML: {"id":6,"key":"HTML","label":"HTML","extensions":["html"],"description":"Web page or report."},
} as const;

/** Named sets of library types. Members: the library types that name the key in 'groups'. */
export const libraryTypeGroups = [{"key":"tenx","label":"10x Genomics"},{"key":"visium","label":"10x Visium"},{"key":"spatial","label":"Spatial (Visium and Open-ST)"},{"key":"antibodyCapture","label":"Antibody capture; libraries that take features"},{"key":"flex","label":"10x Flex"},{"key":"tenxGexGemx","label":"10x 3' and 5' gene expression (on-chip multiplexing)"},{"key":"parse","label":"Parse Biosciences"},{"key":"tenxAtacIndexed","label":"Indexed with four i7 barcodes"},{"key":"crisprGuides","label":"Carry a guide table in their properties"}] as const;

/** Extra assays that can be ticked when a service is chosen, and the library type that each adds per sample or per sample pool; offered if the service lists that type as optional. For Flex services antibody capture adds the Flex variant. */
export const optionalAssays = [{"key":"antibodyCapture","libraryTypeId":8,"flexLibraryTypeId":14},{"key":"vdjB","libraryTypeId":11},{"key":"vdjT","libraryTypeId":12},{"key":"vdjTGd","libraryTypeId":13},{"key":"crisprScreening","libraryTypeId":10},{"key":"parseCrispr","libraryTypeId":71},{"key":"parseTcr","libraryTypeId":72},{"key":"parseBcr","libraryTypeId":73}] as const;

/** Which choice in the service step leads to which multiplexing type. At most one may be chosen; offered where the service says so (oligoMultiplexing, ocmMultiplexing) or for the services named; oligo multiplexing adds library type 9 per sample pool. */
export const multiplexingChoices = [{"key":"oligoMultiplexing","muxTypeId":1,"addsLibraryTypeId":9,"kitNameRequired":true},{"key":"onChipMultiplexing","muxTypeId":2},{"key":"flexMultiplexService","muxTypeId":3,"serviceTypeIds":[15,16,17]},{"key":"antibodyHashing","muxTypeId":4,"requires":"antibodyCapture","notForServiceTypeIds":[10,15,16,17]},{"key":"parseMultiplexing","muxTypeId":5,"serviceTypeIds":[51]}] as const;

/** Experiment workflows by sequencer family, in display order. */
export const workflowFamilies = [{"key":"novaseq6000","label":"NovaSeq 6000","workflowIds":[1,2,3,4,5,6,7,8]},{"key":"miseq","label":"MiSeq","workflowIds":[10,11,12,13]},{"key":"novaseqX","label":"NovaSeq X","workflowIds":[100,106,101,102,103,107,104,105]}] as const;

/** Conversion of mass concentration of double-stranded DNA to molarity and limits of the traffic light. Green inside the warning range, yellow outside it, red outside the error range; the limits themselves belong to the better colour. */
export const molarity = {"gramsPerMolePerBasePair":660,"scale":1000000,"unit":"nM","warningMin":1,"warningMax":5,"errorMin":0.5,"errorMax":10} as const;

/** Defaults when pools are combined, diluted or loaded. */
export const loadingDefaults = {"targetMolarityNm":3,"targetTotalVolumeUl":50,"mergePipetVolumeUl":20,"dilutionTargetMolarityNm":3,"dilutionTargetTotalVolumeUl":50} as const;

/** Limits for the smallest Hamming distance between index combinations that share a lane or pool: below 'errorBelow' an error, below 'warningBelow' a warning. */
export const barcodeDistance = {"errorBelow":1,"warningBelow":3} as const;

/** Default of the colour balance check: at each position at least one index of the set has to have one of these bases. */
export const barcodeBaseConstraint = {"requiredBases":["T","C"],"maxIterations":100000,"maxSuggestions":20} as const;

/** Rows per page. */
export const paging = {"table":15,"dashboard":10} as const;

/** Attachment upload limits. */
export const uploads = {"extensions":["tsv","xlsx","csv","pdf","png","jpg","jpeg"],"maxSizeMegabytes":5,"bytesPerMegabyte":1048576,"maxRequestBodyMegabytes":20,"commentMaxLength":4096} as const;

/** Offered life times of a share link, in minutes. */
export const shareLinkValidity = {"choices":[{"minutes":1440,"label":"24 Hours"},{"minutes":4320,"label":"3 Days"},{"minutes":10080,"label":"1 Week"},{"minutes":20160,"label":"2 Weeks"},{"minutes":43200,"label":"1 Month"}],"defaultMinutes":20160} as const;

/** Offered life times of an API token, in minutes. */
export const apiTokenValidity = {"choices":[{"minutes":43200,"label":"1 Month"},{"minutes":129600,"label":"3 Months"},{"minutes":259200,"label":"6 Months"},{"minutes":525600,"label":"1 Year"}],"defaultMinutes":525600} as const;

/** Default plate. */
export const plate = {"numCols":12,"numRows":8} as const;

/** Barcode ids of the multiplexing chemistries. A barcode field takes several ids joined by ';', sorted. Which are errors and which only warnings: lab-workflows.md 10. */
export const muxBarcodes = {"onChip":["OB1","OB2","OB3","OB4"],"flexGexPrefix":"BC","flexAntibodyPrefix":"AB","flexAntibody":["AB001","AB002","AB003","AB004","AB005","AB006","AB007","AB008","AB009","AB010","AB011","AB012","AB013","AB014","AB015","AB016"],"maxFieldLength":64,"oligoReads":["R2","R1"],"flexGex":["BC001","BC002","BC003","BC004","BC005","BC006","BC007","BC008","BC009","BC010","BC011","BC012","BC013","BC014","BC015","BC016"],"flexPlateBased":"^[A-D]-[A-H](0[1-9]|1[0-2])$"} as const;

/** Choices of a Parse Biosciences order. They end up in a comment on the request. */
export const parse = {"kits":[{"id":1,"label":"WT_mini"},{"id":2,"label":"WT"},{"id":3,"label":"WT_mega"},{"id":4,"label":"WT_mega_384"},{"id":5,"label":"WT_penta"},{"id":6,"label":"WT_penta_384"}],"chemistries":[{"id":1,"label":"v1"},{"id":2,"label":"v2"},{"id":3,"label":"v3"}]} as const;

/** Sequencer loading checklists: parameters with default per lane, in microlitres, and the volume moved to each tube. PhiX is asked for per lane, without default. */
export const loadingChecklists = [{"key":"NOVASEQ_X","parameters":[{"key":"naoh","label":"NaOH","type":"number","default":8.5},{"key":"preload","label":"Preload","type":"number","default":127.5},{"key":"pool_volume","label":"Pool Volume","type":"number","default":34},{"key":"phi_x","label":"Phi X","type":"list","default":null}],"transferVolumeUl":165},{"key":"NOVASEQ_X_25B","parameters":[{"key":"naoh","label":"NaOH","type":"number","default":14},{"key":"preload","label":"Preload","type":"number","default":210},{"key":"pool_volume","label":"Pool Volume","type":"number","default":56},{"key":"phi_x","label":"Phi X","type":"list","default":null}],"transferVolumeUl":275}] as const;

/** Formats of generated identifiers; {n:4} = decimal number, padded with zeros to at least four digits. */
export const identifiers = {"seqRequest":"BSR_{id:4}","labPrep":"{checklist.identifier}{prepNumber:4}","plateOfPrep":"P-{labPrep.name}","plateOfPrepNumbered":"P-{labPrep.name}-{plate}","library":"{sampleName}_{libraryType.identifier}","projectWithoutIdentifier":"P{id}","poolOfPrep":"{labPrep.name}","poolOfPrepWithSuffix":"{labPrep.name}_{suffix}","poolOfRequestClone":"{pool.name}_re{cloneNumber}","canceledSamples":"canceled_samples_{libraryType.identifier}"} as const;

/** Units of run metrics (background-and-ops.md §8). */
export const units = {"description":"Units of run metrics. A stored quantity is always in the base unit of its dimension. Display: background-and-ops.md 8.3. Definitions of the metrics: background-and-ops.md 2.6.","dimensions":[{"key":"read_count","symbol":"reads","baseUnit":"read","units":[{"key":"read","factor":1,"suffix":null},{"key":"k_read","factor":1000,"suffix":"K"},{"key":"m_read","factor":1000000,"suffix":"M"},{"key":"b_read","factor":1000000000,"suffix":"B","aliases":["g_read"]}]},{"key":"percentage","symbol":"%","baseUnit":"percent","units":[{"key":"permille","factor":0.1,"suffix":null,"symbol":"‰"},{"key":"percent","factor":1,"suffix":null}]},{"key":"count","symbol":null,"baseUnit":"count","units":[{"key":"micro_count","factor":0.000001,"suffix":"μ"},{"key":"count","factor":1,"suffix":null},{"key":"k_count","factor":1000,"suffix":"K"},{"key":"m_count","factor":1000000,"suffix":"M"},{"key":"b_count","factor":1000000000,"suffix":"B"}]}],"measures":[{"field":"qubit concentration","unit":"ng/µL"},{"field":"average fragment size","unit":"bp"},{"field":"molarity","unit":"nM"},{"field":"volume","unit":"µL"},{"field":"reads requested, planned, capacity","unit":"million reads"},{"field":"sequenced reads","unit":"reads"},{"field":"PhiX","unit":"%"},{"field":"cycles","unit":"cycles"},{"field":"validity of tokens","unit":"minutes"},{"field":"file size","unit":"bytes"}],"runMetrics":[{"source":"Cluster Count","key":"cluster_count","unit":"count"},{"source":"Cluster Count Pf","key":"cluster_count_pf","unit":"count"},{"source":"% Aligned","key":"pct_aligned","unit":"percent"},{"source":"% >= Q30","key":"pct>=q30","unit":"percent"},{"source":"% Occupied","key":"pct_occupied","unit":"percent"},{"source":"Projected Yield G","key":"projected_yield","unit":"b_count"},{"source":"Reads","key":"reads","unit":"read"},{"source":"Reads Pf","key":"reads_pf","unit":"read"},{"source":"Yield G","key":"yield","unit":"b_count"},{"source":"% Occupancy Proxy","key":"pct_occupancy_proxy","unit":"percent"},{"source":"Error Rate","key":"error_rate","unit":"percent"},{"source":"First Cycle Intensity","key":"first_cycle_intensity","unit":"count"}]} as const;

/** All enumerations under their catalog name. */
export const enumerations = {
	userRole: UserRole,
	accessType: AccessType,
	affiliationType: AffiliationType,
	groupType: GroupType,
	seqRequestStatus: SeqRequestStatus,
	requestResponse: RequestResponse,
	submissionType: SubmissionType,
	dataDeliveryMode: DataDeliveryMode,
	readType: ReadType,
	deliveryStatus: DeliveryStatus,
	eventType: EventType,
	projectStatus: ProjectStatus,
	sampleStatus: SampleStatus,
	sampleType: SampleType,
	attributeType: AttributeType,
	libraryStatus: LibraryStatus,
	libraryType: LibraryType,
	genomeRef: GenomeRef,
	muxType: MuxType,
	indexType: IndexType,
	barcodeType: BarcodeType,
	barcodeOrientation: BarcodeOrientation,
	poolType: PoolType,
	poolStatus: PoolStatus,
	labChecklistType: LabChecklistType,
	prepStatus: PrepStatus,
	kitType: KitType,
	featureType: FeatureType,
	serviceType: ServiceType,
	sequencerModel: SequencerModel,
	flowCellType: FlowCellType,
	experimentWorkflow: ExperimentWorkflow,
	experimentStatus: ExperimentStatus,
	runStatus: RunStatus,
	taskStatus: TaskStatus,
	mediaFileType: MediaFileType,
	dataPathType: DataPathType,
} as const;
