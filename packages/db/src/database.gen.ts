// Generated from the migrations by `npm run generate`. Do not edit.

import type { ColumnType } from "kysely";

export type Generated<T> = T extends ColumnType<infer S, infer I, infer U>
  ? ColumnType<S, I | undefined, U>
  : ColumnType<T, T | undefined, T>;

export type Json = JsonValue;

export type JsonArray = JsonValue[];

export type JsonObject = {
  [x: string]: JsonValue | undefined;
};

export type JsonPrimitive = boolean | number | string | null;

export type JsonValue = JsonArray | JsonObject | JsonPrimitive;

export type Timestamp = ColumnType<Date, Date | string, Date | string>;

export interface Adapter {
  /**
   * Number of the adapter
   */
  id: Generated<number>;
  /**
   * Kit
   */
  index_kit_id: number;
  /**
   * Well, letter and column number without leading zeros; empty where the kit has none
   */
  well: string | null;
}

export interface ApiToken {
  /**
   * Time of creation
   */
  created_utc: Generated<Timestamp>;
  /**
   * Revoked by hand
   */
  expired: Generated<boolean>;
  /**
   * Number of the token
   */
  id: Generated<number>;
  /**
   * Time of the last accepted call, to the minute
   */
  last_used_at: Timestamp | null;
  /**
   * What the token is for
   */
  name: Generated<string>;
  /**
   * User for whom the token acts
   */
  owner_id: number;
  /**
   * What it may do: read, write, pipeline
   */
  scopes: Generated<string[]>;
  /**
   * Validity from creation, minutes
   */
  time_valid_min: number;
  /**
   * SHA-256 of the token, 64 hex digits
   */
  token_hash: string;
}

export interface AuditEvent {
  /**
   * I inserted, U updated, D deleted, E something happened
   */
  action: string;
  /**
   * User who acted; empty for jobs and set-up
   */
  actor_id: number | null;
  /**
   * Inserted and deleted: columns that have a value; updated: changed columns, name to [before, after]; secrets as ***; for events details by name
   */
  changes: Json;
  /**
   * Number of the event
   */
  id: Generated<number>;
  /**
   * Admin who worked in the account of the actor
   */
  impersonator_id: number | null;
  /**
   * Time at which the transaction began
   */
  occurred_at: Generated<Timestamp>;
  /**
   * Id of the request or job, as in the log
   */
  request_id: string | null;
  /**
   * Primary key of the row, several columns joined with /; for events the object concerned, e.g. lims_user/7
   */
  row_key: string;
  /**
   * Table of the row; for events what happened, e.g. sign_in_failed
   */
  table_name: string;
  /**
   * Transaction of the change
   */
  transaction_id: Generated<string>;
  /**
   * Way in: web, api, worker, cli, setup, or sql for a change made outside the product
   */
  via: string;
}

export interface AuditHead {
  /**
   * Hash of the last link
   */
  hash: Buffer;
  /**
   * Month, UTC, YYYY-MM
   */
  month: string;
  /**
   * Number of links
   */
  number: number;
  /**
   * What the first link continues: the end of an earlier month when this one began, or SHA-256 of nothing
   */
  start_hash: Buffer;
  /**
   * Table
   */
  table_name: string;
}

export interface AuditLink {
  /**
   * First of the events
   */
  first_event_id: number;
  /**
   * SHA-256 of the link before, the other columns and the hashes of the events
   */
  hash: Buffer;
  /**
   * Last of the events; events of other transactions may lie between
   */
  last_event_id: number;
  /**
   * Month in which the transaction began, UTC, YYYY-MM
   */
  month: string;
  /**
   * Number of events
   */
  num_events: number;
  /**
   * Place in the chain, from 1
   */
  number: number;
  /**
   * Table of the events
   */
  table_name: string;
  /**
   * Transaction of the events
   */
  transaction_id: string;
}

export interface AuditPending {
  /**
   * First of them
   */
  first_event_id: number;
  /**
   * Last of them
   */
  last_event_id: number;
  /**
   * Table of the events of one statement
   */
  table_name: string;
  /**
   * Transaction
   */
  transaction_id: string;
}

export interface Barcode {
  /**
   * Adapter
   */
  adapter_id: number;
  /**
   * Number of the barcode
   */
  id: Generated<number>;
  /**
   * Kit, that of the adapter
   */
  index_kit_id: number;
  /**
   * Name within the kit
   */
  name: string;
  /**
   * Bases in forward orientation
   */
  sequence: string;
  /**
   * i7 or i5 (catalog barcodeType)
   */
  type_id: number;
  /**
   * Well of its adapter
   */
  well: string | null;
}

export interface Comment {
  /**
   * Author
   */
  author_id: number;
  /**
   * Experiment
   */
  experiment_id: number | null;
  /**
   * File that it is about
   */
  file_id: number | null;
  /**
   * Number of the comment
   */
  id: Generated<number>;
  /**
   * Lab prep
   */
  lab_prep_id: number | null;
  /**
   * Request
   */
  seq_request_id: number | null;
  /**
   * Text, at most 4096 characters
   */
  text: string;
  /**
   * Time of writing
   */
  timestamp_utc: Generated<Timestamp>;
}

export interface Contact {
  /**
   * Postal address
   */
  address: string | null;
  /**
   * E-mail address
   */
  email: string | null;
  /**
   * Number of the contact
   */
  id: Generated<number>;
  /**
   * Name
   */
  name: string;
  /**
   * Telephone number without blanks
   */
  phone: string | null;
}

export interface DataPath {
  /**
   * Experiment
   */
  experiment_id: number | null;
  /**
   * Number of the entry
   */
  id: Generated<number>;
  /**
   * Library
   */
  library_id: number | null;
  /**
   * Relative to the share root
   */
  path: string;
  /**
   * Project
   */
  project_id: number | null;
  /**
   * Request
   */
  seq_request_id: number | null;
  /**
   * Kind (catalog dataPathType)
   */
  type_id: number;
}

export interface Event {
  /**
   * User who made it
   */
  creator_id: number;
  /**
   * Number of the event
   */
  id: Generated<number>;
  /**
   * Note
   */
  note: string | null;
  /**
   * Time of the event
   */
  timestamp_utc: Timestamp;
  /**
   * Title; for a delivery the name of the request, cut to 64
   */
  title: string;
  /**
   * Kind (catalog eventType)
   */
  type_id: number;
}

export interface Experiment {
  /**
   * Cycles of index 1 (i7)
   */
  i1_cycles: number | null;
  /**
   * Cycles of index 2 (i5)
   */
  i2_cycles: number | null;
  /**
   * Number of the experiment
   */
  id: Generated<number>;
  /**
   * Name, 3 or more characters; joins it with its run
   */
  name: string;
  /**
   * User who runs it
   */
  operator_id: number;
  /**
   * Cycles of read 1
   */
  r1_cycles: number | null;
  /**
   * Cycles of read 2
   */
  r2_cycles: number | null;
  /**
   * Instrument
   */
  sequencer_id: number;
  /**
   * Stage (catalog experimentStatus)
   */
  status_id: Generated<number>;
  /**
   * Time of creation
   */
  timestamp_created_utc: Generated<Timestamp>;
  /**
   * Time at which the run was finished
   */
  timestamp_finished_utc: Timestamp | null;
  /**
   * Way of loading; determines flow cell type and lanes (catalog experimentWorkflow)
   */
  workflow_id: number;
}

export interface ExternalIdentity {
  /**
   * Time of the first sign-in
   */
  created_at: Generated<Timestamp>;
  /**
   * Number of the identity
   */
  id: Generated<number>;
  /**
   * Time of the last sign-in
   */
  last_used_at: Timestamp | null;
  /**
   * Name of the provider in the configuration
   */
  provider: string;
  /**
   * Claim sub of the provider
   */
  subject: string;
  /**
   * User whom it signs in
   */
  user_id: number;
}

export interface Feature {
  /**
   * Kit; empty = custom
   */
  feature_kit_id: number | null;
  /**
   * Number of the feature
   */
  id: Generated<number>;
  /**
   * Code, unique within the kit
   */
  identifier: string | null;
  /**
   * Name, 3 or more characters
   */
  name: string;
  /**
   * Position in the read, e.g. 5PNNNNNNNNNN(BC)
   */
  pattern: string;
  /**
   * Read that carries it, R1 or R2
   */
  read: string;
  /**
   * Bases
   */
  sequence: string;
  /**
   * Code of the target
   */
  target_id: string | null;
  /**
   * Name of the target
   */
  target_name: string | null;
  /**
   * Kind (catalog featureType)
   */
  type_id: number;
}

export interface FeatureKit {
  /**
   * Number of the kit
   */
  id: number;
  /**
   * Kind of feature (catalog featureType), fixed after creation
   */
  type_id: number;
}

export interface FlashMessage {
  /**
   * Kind: success, info, warning, error
   */
  category: string;
  /**
   * Time of creation
   */
  created_at: Generated<Timestamp>;
  /**
   * Number of the notice
   */
  id: Generated<number>;
  /**
   * Session that shall see it
   */
  session_id: number;
  /**
   * Text
   */
  text: string;
}

export interface FlowCellDesign {
  /**
   * Flow cell (catalog flowCellType); empty = chosen automatically
   */
  flow_cell_type_id: number | null;
  /**
   * Number of the design
   */
  id: Generated<number>;
  /**
   * Name
   */
  name: string;
  /**
   * Stage (catalog taskStatus)
   */
  task_status_id: Generated<number>;
}

export interface Group {
  /**
   * Number of the group
   */
  id: Generated<number>;
  /**
   * Name, 6 or more characters
   */
  name: string;
  /**
   * Kind (catalog groupType)
   */
  type_id: number;
}

export interface IndexKit {
  /**
   * Number of the kit
   */
  id: number;
  /**
   * Lab checklists that offer the kit (catalog labChecklistType)
   */
  supported_protocol_ids: Generated<number[]>;
  /**
   * Kind of index (catalog indexType)
   */
  type_id: number;
}

export interface Kit {
  /**
   * Number of the kit
   */
  id: Generated<number>;
  /**
   * Short code, 3 or more characters without white space, comma, semicolon or leading #
   */
  identifier: string;
  /**
   * Kind (catalog kitType)
   */
  kit_type_id: number;
  /**
   * Name, 6 or more characters
   */
  name: string;
}

export interface LabPrep {
  /**
   * Checklist (catalog labChecklistType), fixed after creation
   */
  checklist_type_id: number;
  /**
   * User who made it
   */
  creator_id: number;
  /**
   * Number of the prep
   */
  id: Generated<number>;
  /**
   * Name
   */
  name: string;
  /**
   * Number within the checklist type
   */
  prep_number: number;
  /**
   * Service (catalog serviceType)
   */
  service_type_id: number;
  /**
   * Stage (catalog prepStatus)
   */
  status_id: Generated<number>;
}

export interface Lane {
  /**
   * Own measurement of the mean fragment size, bp
   */
  avg_fragment_size: number | null;
  /**
   * Bioanalyzer report
   */
  ba_report_id: number | null;
  /**
   * Experiment
   */
  experiment_id: number;
  /**
   * Number of the row
   */
  id: Generated<number>;
  /**
   * Volume of library in it, µL
   */
  library_volume_ul: number | null;
  /**
   * Number of the lane, from 1
   */
  number: number;
  /**
   * Own measurement before the final dilution, ng/µL
   */
  original_qubit_concentration: number | null;
  /**
   * Share of PhiX, percent
   */
  phi_x: number | null;
  /**
   * Concentration after the final dilution, ng/µL
   */
  sequencing_qubit_concentration: number | null;
  /**
   * Molarity aimed at, nM
   */
  target_molarity: number | null;
  /**
   * Volume loaded, µL
   */
  total_volume_ul: number | null;
}

export interface LanePoolLink {
  /**
   * Dilution that is loaded; empty = undiluted
   */
  dilution_id: number | null;
  /**
   * Experiment of the lane
   */
  experiment_id: number;
  /**
   * Lane
   */
  lane_id: number;
  /**
   * Number of the lane
   */
  lane_num: number;
  /**
   * Reads planned for this lane, million reads
   */
  num_m_reads: number | null;
  /**
   * Pool
   */
  pool_id: number;
}

export interface Library {
  /**
   * Mean fragment size, bp
   */
  avg_fragment_size: number | null;
  /**
   * Bioanalyzer report
   */
  ba_report_id: number | null;
  /**
   * 0 for an original, else the how-manieth clone it is
   */
  clone_number: Generated<number>;
  /**
   * Experiment of its pool
   */
  experiment_id: number | null;
  /**
   * Reference genome (catalog genomeRef)
   */
  genome_ref_id: number;
  /**
   * Number of the library
   */
  id: Generated<number>;
  /**
   * Kind of index (catalog indexType)
   */
  index_type_id: number | null;
  /**
   * RNA or DNA integrity number, RIN or DIN, 0 to 10 (extensions.md §2)
   */
  integrity_number: number | null;
  /**
   * Lab prep in which it is prepared
   */
  lab_prep_id: number | null;
  /**
   * Way of multiplexing (catalog muxType); empty = one sample
   */
  mux_type_id: number | null;
  /**
   * Name: sample name, underscore, identifier of the library type; not unique
   */
  name: string;
  /**
   * Whether nuclei have to be isolated
   */
  nuclei_isolation: Generated<boolean>;
  /**
   * Root original of a clone
   */
  original_library_id: number | null;
  /**
   * Owner
   */
  owner_id: number;
  /**
   * Pool in which it is
   */
  pool_id: number | null;
  /**
   * Free properties, name to text; crispr_guides is a list
   */
  properties: Json | null;
  /**
   * Protocol by which it is prepared
   */
  protocol_id: number | null;
  /**
   * Results of the data analysis, name to number or text
   */
  qc: Json | null;
  /**
   * Remark of the quality control (extensions.md §2)
   */
  qc_comment: string | null;
  /**
   * Concentration by Qubit, ng/µL
   */
  qubit_concentration: number | null;
  /**
   * Name of the sample, or of the sample pool when multiplexed
   */
  sample_name: string;
  /**
   * Reads requested, million reads
   */
  seq_depth_requested: number | null;
  /**
   * Request
   */
  seq_request_id: number;
  /**
   * Service (catalog serviceType)
   */
  service_type_id: number;
  /**
   * Stage (catalog libraryStatus)
   */
  status_id: Generated<number>;
  /**
   * Time of storing
   */
  timestamp_stored_utc: Timestamp | null;
  /**
   * Kind (catalog libraryType)
   */
  type_id: number;
  /**
   * Volume, µL
   */
  volume: number | null;
}

export interface LibraryFeatureLink {
  /**
   * Feature
   */
  feature_id: number;
  /**
   * Library
   */
  library_id: number;
}

export interface LibraryIndex {
  /**
   * Number of the combination
   */
  id: Generated<number>;
  /**
   * Kit from which the i5 comes
   */
  index_kit_i5_id: number | null;
  /**
   * Kit from which the i7 comes
   */
  index_kit_i7_id: number | null;
  /**
   * Library
   */
  library_id: number;
  /**
   * Name of the i5
   */
  name_i5: string | null;
  /**
   * Name of the i7
   */
  name_i7: string | null;
  /**
   * How sure the orientation is (catalog barcodeOrientation); empty = unknown
   */
  orientation: number | null;
  /**
   * Bases of the i5, forward orientation where orientation says so
   */
  sequence_i5: string | null;
  /**
   * Bases of the i7, forward orientation where orientation says so
   */
  sequence_i7: string | null;
}

export interface LimsUser {
  /**
   * Sign-in name; unique regardless of case
   */
  email: string;
  /**
   * First name
   */
  first_name: string;
  /**
   * Number of the user
   */
  id: Generated<number>;
  /**
   * Last name
   */
  last_name: string;
  /**
   * bcrypt hash of the password; never sent to a client
   */
  password: string;
  /**
   * Role (catalog userRole)
   */
  role_id: number;
}

export interface Mail {
  /**
   * Number of attempts to send it
   */
  attempts: Generated<number>;
  /**
   * Time of creation
   */
  created_at: Generated<Timestamp>;
  /**
   * Last message of the mail server, if it refused
   */
  error: string | null;
  /**
   * Further header fields by name
   */
  headers: Generated<Json>;
  /**
   * Body as HTML
   */
  html: string;
  /**
   * Number of the mail
   */
  id: Generated<number>;
  /**
   * Addresses
   */
  recipients: string[];
  /**
   * Time at which the mail server took it
   */
  sent_at: Timestamp | null;
  /**
   * Whether it has gone out
   */
  status: Generated<string>;
  /**
   * Subject
   */
  subject: string;
  /**
   * Body as plain text
   */
  text: string;
}

export interface MediaFile {
  /**
   * Experiment to which it is attached
   */
  experiment_id: number | null;
  /**
   * Extension with leading dot, lower case
   */
  extension: string;
  /**
   * Number of the file
   */
  id: Generated<number>;
  /**
   * Lab prep to which it is attached
   */
  lab_prep_id: number | null;
  /**
   * File name without extension
   */
  name: string;
  /**
   * Request to which it is attached
   */
  seq_request_id: number | null;
  /**
   * Size, bytes
   */
  size_bytes: number;
  /**
   * Time of upload
   */
  timestamp_utc: Generated<Timestamp>;
  /**
   * Kind (catalog mediaFileType); determines the folder
   */
  type_id: number;
  /**
   * User who uploaded it
   */
  uploader_id: number;
  /**
   * Name of the stored file
   */
  uuid: string;
}

export interface NotificationDigestItem {
  /**
   * Time at which it happened
   */
  created_utc: Timestamp;
  /**
   * Text that somebody wrote, e.g. a comment
   */
  detail: string | null;
  /**
   * Number of the item
   */
  id: Generated<number>;
  /**
   * Kind of notification
   */
  kind: string;
  /**
   * Request that it is about
   */
  seq_request_id: number;
  /**
   * What happened, one sentence
   */
  summary: string;
  /**
   * Who is to be told
   */
  user_id: number;
}

export interface NotificationOptOut {
  /**
   * Time of the choice
   */
  created_utc: Generated<Timestamp>;
  /**
   * Address in lower case
   */
  email: string;
  /**
   * Kind of notification
   */
  kind: string;
}

export interface NotificationPreference {
  /**
   * Kind of notification
   */
  kind: string;
  /**
   * At once, in the daily digest, or never
   */
  mode: string;
  /**
   * User
   */
  user_id: number;
}

export interface OneTimeLink {
  /**
   * Time of creation
   */
  created_at: Generated<Timestamp>;
  /**
   * Address to which the link was sent
   */
  email: string;
  /**
   * Time from which the link is void
   */
  expires_at: Timestamp;
  /**
   * Number of the link
   */
  id: Generated<number>;
  /**
   * What the link is good for
   */
  purpose: string;
  /**
   * Role of the account to be made (catalog userRole)
   */
  role_id: number | null;
  /**
   * SHA-256 of the token in the link, 64 hex digits
   */
  token_hash: string;
  /**
   * Time at which it was used
   */
  used_at: Timestamp | null;
  /**
   * Existing user whom the link concerns
   */
  user_id: number | null;
}

export interface Passkey {
  /**
   * Model of the authenticator
   */
  aaguid: string | null;
  /**
   * Synchronized between devices
   */
  backed_up: Generated<boolean>;
  /**
   * Time of registration
   */
  created_at: Generated<Timestamp>;
  /**
   * Id that the authenticator gave, base64url
   */
  credential_id: string;
  /**
   * Number of the passkey
   */
  id: Generated<number>;
  /**
   * Time of the last sign-in with it
   */
  last_used_at: Timestamp | null;
  /**
   * Name that the user sees
   */
  name: string;
  /**
   * Public key of the credential, COSE
   */
  public_key: Buffer;
  /**
   * Counter of the authenticator at the last use; 0 for authenticators that do not count
   */
  sign_count: Generated<number>;
  /**
   * Ways to reach the authenticator, as the browser named them
   */
  transports: Generated<string[]>;
  /**
   * User whom it signs in
   */
  user_id: number;
}

export interface Plate {
  /**
   * Number of the plate
   */
  id: Generated<number>;
  /**
   * Lab prep
   */
  lab_prep_id: number | null;
  /**
   * Name, 2 or more characters
   */
  name: string;
  /**
   * Number of columns
   */
  num_cols: Generated<number>;
  /**
   * Number of rows
   */
  num_rows: Generated<number>;
  /**
   * Owner
   */
  owner_id: number;
}

export interface Pool {
  /**
   * Mean fragment size, bp
   */
  avg_fragment_size: number | null;
  /**
   * Bioanalyzer report
   */
  ba_report_id: number | null;
  /**
   * 0 for an original, else the how-manieth clone it is
   */
  clone_number: Generated<number>;
  /**
   * Contact
   */
  contact_id: number;
  /**
   * Experiment on which it is
   */
  experiment_id: number | null;
  /**
   * Number of the pool
   */
  id: Generated<number>;
  /**
   * Lab prep in which it was made
   */
  lab_prep_id: number | null;
  /**
   * Of a merged pool: number of the source pool to num_m_reads_requested (million reads) and pipet_volume_ul (µL)
   */
  merge_ratios: Json | null;
  /**
   * Pool into which it was merged
   */
  merged_to_pool_id: number | null;
  /**
   * Name, 4 or more characters. Unique per owner: enforced by commands on each change, since imported duplicates stay
   */
  name: string;
  /**
   * Reads requested, million reads
   */
  num_m_reads_requested: number | null;
  /**
   * Root original of a clone
   */
  original_pool_id: number | null;
  /**
   * Owner
   */
  owner_id: number;
  /**
   * Plate
   */
  plate_id: number | null;
  /**
   * Concentration by Qubit, ng/µL
   */
  qubit_concentration: number | null;
  /**
   * Request that brought it
   */
  seq_request_id: number | null;
  /**
   * Stage (catalog poolStatus)
   */
  status_id: Generated<number>;
  /**
   * Time of storing
   */
  timestamp_stored_utc: Timestamp | null;
  /**
   * Who made it (catalog poolType)
   */
  type_id: number;
}

export interface PoolDesign {
  /**
   * Cycles of index 1 (i7)
   */
  cycles_i1: number;
  /**
   * Cycles of index 2 (i5)
   */
  cycles_i2: number;
  /**
   * Cycles of read 1
   */
  cycles_r1: number;
  /**
   * Cycles of read 2
   */
  cycles_r2: number;
  /**
   * Flow cell on which it is planned; empty = not yet placed
   */
  flow_cell_design_id: number | null;
  /**
   * Number of the design
   */
  id: Generated<number>;
  /**
   * Name; that of the pool, once one is chosen
   */
  name: string;
  /**
   * Reads requested, million reads
   */
  num_m_requested_reads: number | null;
  /**
   * Pool for which it stands
   */
  pool_id: number | null;
}

export interface PoolDilution {
  /**
   * Number of the dilution
   */
  id: Generated<number>;
  /**
   * Letters in the order made: A to Z, AA, AB
   */
  identifier: string;
  /**
   * User who made it
   */
  operator_id: number;
  /**
   * Pool
   */
  pool_id: number;
  /**
   * Concentration by Qubit after dilution, ng/µL
   */
  qubit_concentration: number;
  /**
   * Time of making
   */
  timestamp_utc: Generated<Timestamp>;
  /**
   * Volume, µL
   */
  volume_ul: number | null;
}

export interface Project {
  /**
   * Description
   */
  description: string | null;
  /**
   * Group whose members may edit it
   */
  group_id: number | null;
  /**
   * Number of the project
   */
  id: Generated<number>;
  /**
   * Facility number
   */
  identifier: string | null;
  /**
   * Owner
   */
  owner_id: number;
  /**
   * Share link that was sent last
   */
  share_token_id: number | null;
  /**
   * Software used for the analysis: name in lower case to version, timestamp (ISO) and comment
   */
  software: Json | null;
  /**
   * Stage (catalog projectStatus)
   */
  status_id: Generated<number>;
  /**
   * Time of creation
   */
  timestamp_created_utc: Generated<Timestamp>;
  /**
   * Title, 6 or more characters. Unique per owner: enforced by commands on each change, since imported duplicates stay
   */
  title: string;
}

export interface ProjectAssigneeLink {
  /**
   * Project
   */
  project_id: number;
  /**
   * Insider who is assigned
   */
  user_id: number;
}

export interface Protocol {
  /**
   * Number of the protocol
   */
  id: Generated<number>;
  /**
   * Name, 6 or more characters
   */
  name: string;
  /**
   * Layout of reads, UMIs and indices
   */
  read_structure: string | null;
  /**
   * Service (catalog serviceType)
   */
  service_type_id: number;
}

export interface ProtocolKitLink {
  /**
   * Number of the combination
   */
  combination_num: number;
  /**
   * Kit
   */
  kit_id: number;
  /**
   * Protocol
   */
  protocol_id: number;
}

export interface RecoveryCode {
  /**
   * SHA-256 of the code, 64 hex digits
   */
  code_hash: string;
  /**
   * Number of the code
   */
  id: Generated<number>;
  /**
   * Time of its use; empty = unused
   */
  used_at: Timestamp | null;
  /**
   * User
   */
  user_id: number;
}

export interface RunFolderFingerprint {
  /**
   * Digest over name, size and modification time of the files read
   */
  fingerprint: string;
  /**
   * Time of the reading
   */
  read_at: Generated<Timestamp>;
  /**
   * Run
   */
  seq_run_id: number;
}

export interface Sample {
  /**
   * Attributes: normalised name to type_id (catalog attributeType) and value
   */
  attributes: Json | null;
  /**
   * Mean fragment size, bp
   */
  avg_fragment_size: number | null;
  /**
   * Bioanalyzer report
   */
  ba_report_id: number | null;
  /**
   * Number of the sample
   */
  id: Generated<number>;
  /**
   * RNA or DNA integrity number, RIN or DIN, 0 to 10 (extensions.md §2)
   */
  integrity_number: number | null;
  /**
   * Name, 4 or more characters. Unique within the project: enforced by commands on each change, since imported duplicates stay
   */
  name: string;
  /**
   * Owner
   */
  owner_id: number;
  /**
   * Project
   */
  project_id: number;
  /**
   * Remark of the quality control (extensions.md §2)
   */
  qc_comment: string | null;
  /**
   * Concentration by Qubit, ng/µL
   */
  qubit_concentration: number | null;
  /**
   * Whereabouts (catalog sampleStatus); empty for samples that came inside ready-made pools
   */
  status_id: number | null;
  /**
   * Time of storing
   */
  timestamp_stored_utc: Timestamp | null;
  /**
   * Volume measured in QC, µL (extensions.md §2)
   */
  volume: number | null;
}

export interface SampleLibraryLink {
  /**
   * Library
   */
  library_id: number;
  /**
   * Multiplexing data: barcode, read, pattern
   */
  mux: Json | null;
  /**
   * Results of the data analysis for the sample within the library
   */
  qc: Json | null;
  /**
   * Sample
   */
  sample_id: number;
}

export interface SamplePlateLink {
  /**
   * Library in the well
   */
  library_id: number | null;
  /**
   * Plate
   */
  plate_id: number;
  /**
   * Sample in the well
   */
  sample_id: number | null;
  /**
   * Well: row × number of columns + column, from 0
   */
  well_idx: number;
}

export interface SchemaMigration {
  /**
   * Time at which it was taken
   */
  applied_at: Generated<Timestamp>;
  /**
   * SHA-256 of the file, 64 hex digits
   */
  checksum: string;
  /**
   * Number of the step
   */
  id: number;
  /**
   * File of the step
   */
  name: string;
}

export interface SeqQuality {
  /**
   * Experiment
   */
  experiment_id: number;
  /**
   * Number of the row
   */
  id: Generated<number>;
  /**
   * Number of the lane
   */
  lane: number;
  /**
   * Library; empty = undetermined reads
   */
  library_id: number | null;
  /**
   * Number of reads
   */
  num_reads: number;
  /**
   * Metrics, name to number or text
   */
  qc: Json | null;
}

export interface SeqRequest {
  /**
   * Cost centre of the customer
   */
  billing_code: string | null;
  /**
   * Who pays
   */
  billing_contact_id: number;
  /**
   * Bioinformatician of the customer
   */
  bioinformatician_contact_id: number | null;
  /**
   * Contact person
   */
  contact_person_id: number;
  /**
   * What the requestor wants to get (catalog dataDeliveryMode)
   */
  data_delivery_mode_id: number;
  /**
   * Description
   */
  description: string | null;
  /**
   * Group whose members may edit it
   */
  group_id: number | null;
  /**
   * Number of the request
   */
  id: Generated<number>;
  /**
   * Name, 5 or more characters. Unique among the requests that the requestor sees: enforced by commands
   */
  name: string;
  /**
   * Whole lanes wanted
   */
  num_lanes: number | null;
  /**
   * Organisation
   */
  organization_contact_id: number;
  /**
   * Principal investigator (extensions.md §2)
   */
  principal_investigator_contact_id: number | null;
  /**
   * Read length, bp
   */
  read_length: number | null;
  /**
   * Read layout (catalog readType)
   */
  read_type_id: number;
  /**
   * User who orders
   */
  requestor_id: number;
  /**
   * Steps of the review: name to done or not
   */
  review_checklist: Json | null;
  /**
   * Agreed time of delivery
   */
  sample_submission_event_id: number | null;
  /**
   * Special requirements
   */
  special_requirements: string | null;
  /**
   * Stage (catalog seqRequestStatus)
   */
  status_id: Generated<number>;
  /**
   * Which material is handed in (catalog submissionType)
   */
  submission_type_id: number;
  /**
   * Time at which it was finished
   */
  timestamp_finished_utc: Timestamp | null;
  /**
   * Time of submission; empty again in a draft
   */
  timestamp_submitted_utc: Timestamp | null;
}

export interface SeqRequestAssigneeLink {
  /**
   * Request
   */
  seq_request_id: number;
  /**
   * Insider who is assigned
   */
  user_id: number;
}

export interface SeqRequestDeliveryEmailLink {
  /**
   * Address
   */
  email: string;
  /**
   * Request
   */
  seq_request_id: number;
  /**
   * Whether a share link has been sent to it (catalog deliveryStatus)
   */
  status_id: Generated<number>;
}

export interface SeqRun {
  /**
   * Name of the experiment; joined by value, without reference
   */
  experiment_name: string;
  /**
   * Serial number of the flow cell
   */
  flowcell_id: string;
  /**
   * Mode of the flow cell
   */
  flowcell_mode: string | null;
  /**
   * Cycles of index 1 (i7)
   */
  i1_cycles: number | null;
  /**
   * Cycles of index 2 (i5)
   */
  i2_cycles: number | null;
  /**
   * Number of the run
   */
  id: Generated<number>;
  /**
   * Name of the instrument
   */
  instrument_name: string;
  /**
   * Metrics: name to value in the base unit, unit and dimension (catalog units)
   */
  quantities: Json | null;
  /**
   * Cycles of read 1
   */
  r1_cycles: number | null;
  /**
   * Cycles of read 2
   */
  r2_cycles: number | null;
  /**
   * Read layout (catalog readType)
   */
  read_type_id: number;
  /**
   * Version of the recipe
   */
  recipe_version: string | null;
  /**
   * Version of the analysis software on the instrument
   */
  rta_version: string | null;
  /**
   * Name of the folder
   */
  run_folder: string;
  /**
   * Side of the instrument, A or B
   */
  side: string | null;
  /**
   * State (catalog runStatus)
   */
  status_id: number;
  /**
   * started, completed, missing_since: ISO time with offset
   */
  timestamps: Json | null;
}

export interface Sequencer {
  /**
   * Number of the sequencer
   */
  id: Generated<number>;
  /**
   * Network address
   */
  ip: string | null;
  /**
   * Model (catalog sequencerModel)
   */
  model_id: number;
  /**
   * Name, 3 or more characters
   */
  name: string;
}

export interface Session {
  /**
   * Network address at sign-in
   */
  address: string | null;
  /**
   * Time of sign-in
   */
  created_at: Generated<Timestamp>;
  /**
   * Random text from which the forgery token of the session is derived
   */
  csrf_secret: string;
  /**
   * Time from which the session is dead unless it is used before
   */
  expires_at: Timestamp;
  /**
   * Number of the session
   */
  id: Generated<number>;
  /**
   * Admin who works in the account of the user
   */
  impersonator_id: number | null;
  /**
   * Time of the last request, to the minute
   */
  last_seen_at: Generated<Timestamp>;
  /**
   * How it was begun: password, passkey, openid, link, other account
   */
  method: Generated<string>;
  /**
   * SHA-256 of the random id in the cookie, 64 hex digits
   */
  token_hash: string;
  /**
   * Name that the browser gives itself, cut to 512
   */
  user_agent: string | null;
  /**
   * User who is signed in
   */
  user_id: number;
}

export interface Setting {
  /**
   * Time of the last change
   */
  changed_at: Generated<Timestamp>;
  /**
   * Name of the setting
   */
  key: string;
  /**
   * Value
   */
  value: Json;
}

export interface SharePath {
  /**
   * Number of the entry
   */
  id: Generated<number>;
  /**
   * File or folder relative to the share root
   */
  path: string;
  /**
   * Link
   */
  share_token_id: number;
}

export interface ShareToken {
  /**
   * Time of creation
   */
  created_utc: Generated<Timestamp>;
  /**
   * Revoked
   */
  expired: Generated<boolean>;
  /**
   * Number of the link
   */
  id: Generated<number>;
  /**
   * User who sent it
   */
  owner_id: number;
  /**
   * Validity from creation, minutes
   */
  time_valid_min: number;
  /**
   * SHA-256 of the token, 64 hex digits
   */
  token_hash: string;
  /**
   * The token, encrypted with AES-256-GCM, so that the link can be shown again; serves no look-up
   */
  token_sealed: string | null;
}

export interface SignInChallenge {
  /**
   * Time of creation
   */
  created_at: Generated<Timestamp>;
  /**
   * What the next step has to compare with: challenge, state, nonce, code verifier, address to return to
   */
  data: Generated<Json>;
  /**
   * Time from which it is void
   */
  expires_at: Timestamp;
  /**
   * Number of the challenge
   */
  id: Generated<number>;
  /**
   * passkey_registration, passkey_sign_in, second_factor or openid
   */
  purpose: string;
  /**
   * SHA-256 of the random id in the cookie, 64 hex digits
   */
  token_hash: string;
  /**
   * User to whom it is bound; empty where nobody is known yet
   */
  user_id: number | null;
}

export interface TodoComment {
  /**
   * Author
   */
  author_id: number;
  /**
   * Flow cell design
   */
  flow_cell_design_id: number | null;
  /**
   * Number of the note
   */
  id: Generated<number>;
  /**
   * Pool design
   */
  pool_design_id: number | null;
  /**
   * Stage of the task (catalog taskStatus); empty = plain note
   */
  task_status_id: number | null;
  /**
   * Text, 1 to 2048 characters
   */
  text: string;
  /**
   * Time of writing
   */
  timestamp_utc: Generated<Timestamp>;
}

export interface TwoFactor {
  /**
   * Time at which a first code was right; empty = not in force yet
   */
  confirmed_at: Timestamp | null;
  /**
   * Time of creation
   */
  created_at: Generated<Timestamp>;
  /**
   * Time step of the last accepted code; no code is taken twice
   */
  last_step: number | null;
  /**
   * Shared secret, encrypted under a key derived from SECRET_KEY (purpose two-factor)
   */
  secret_sealed: string;
  /**
   * User
   */
  user_id: number;
}

export interface UserAffiliation {
  /**
   * Standing (catalog affiliationType); exactly one OWNER per group
   */
  affiliation_type_id: number;
  /**
   * Group
   */
  group_id: number;
  /**
   * User
   */
  user_id: number;
}

export interface WorkflowDraft {
  /**
   * Time of the last change
   */
  changed_utc: Generated<Timestamp>;
  /**
   * Named fields beside the sheet as typed, by name
   */
  field_values: Generated<Json>;
  /**
   * Headers and cells as typed; empty for a form
   */
  sheet: Json | null;
  /**
   * Name of the step
   */
  step: string;
  /**
   * Workflow run
   */
  uuid: string;
  /**
   * Another number with each change; a tab that knows an older one is refused
   */
  version: Generated<number>;
}

export interface WorkflowRun {
  /**
   * Time of the last change
   */
  changed_utc: Generated<Timestamp>;
  /**
   * Time of the beginning
   */
  created_utc: Generated<Timestamp>;
  /**
   * Number of that object
   */
  object_id: number | null;
  /**
   * Kind of the object that it is about; empty when started from the dashboard
   */
  object_type: string | null;
  /**
   * History of steps; per step its tables, metadata and input
   */
  state: Generated<Json>;
  /**
   * User who began it or took it over
   */
  user_id: number;
  /**
   * Key, shown in the footer of every step
   */
  uuid: string;
  /**
   * Name of the workflow
   */
  workflow: string;
}

/** All tables by name. */
export interface Database {
  adapter: Adapter;
  api_token: ApiToken;
  audit_event: AuditEvent;
  audit_head: AuditHead;
  audit_link: AuditLink;
  audit_pending: AuditPending;
  barcode: Barcode;
  comment: Comment;
  contact: Contact;
  data_path: DataPath;
  event: Event;
  experiment: Experiment;
  external_identity: ExternalIdentity;
  feature: Feature;
  feature_kit: FeatureKit;
  flash_message: FlashMessage;
  flow_cell_design: FlowCellDesign;
  group: Group;
  index_kit: IndexKit;
  kit: Kit;
  lab_prep: LabPrep;
  lane: Lane;
  lane_pool_link: LanePoolLink;
  library: Library;
  library_feature_link: LibraryFeatureLink;
  library_index: LibraryIndex;
  lims_user: LimsUser;
  mail: Mail;
  media_file: MediaFile;
  notification_digest_item: NotificationDigestItem;
  notification_opt_out: NotificationOptOut;
  notification_preference: NotificationPreference;
  one_time_link: OneTimeLink;
  passkey: Passkey;
  plate: Plate;
  pool: Pool;
  pool_design: PoolDesign;
  pool_dilution: PoolDilution;
  project: Project;
  project_assignee_link: ProjectAssigneeLink;
  protocol: Protocol;
  protocol_kit_link: ProtocolKitLink;
  recovery_code: RecoveryCode;
  run_folder_fingerprint: RunFolderFingerprint;
  sample: Sample;
  sample_library_link: SampleLibraryLink;
  sample_plate_link: SamplePlateLink;
  schema_migration: SchemaMigration;
  seq_quality: SeqQuality;
  seq_request: SeqRequest;
  seq_request_assignee_link: SeqRequestAssigneeLink;
  seq_request_delivery_email_link: SeqRequestDeliveryEmailLink;
  seq_run: SeqRun;
  sequencer: Sequencer;
  session: Session;
  setting: Setting;
  share_path: SharePath;
  share_token: ShareToken;
  sign_in_challenge: SignInChallenge;
  todo_comment: TodoComment;
  two_factor: TwoFactor;
  user_affiliation: UserAffiliation;
  workflow_draft: WorkflowDraft;
  workflow_run: WorkflowRun;
}
