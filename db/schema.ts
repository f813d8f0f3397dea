import type { Generated } from 'kysely'

/** The tables as Kysely sees them. SQLite and PostgreSQL differ in `store_id` and in the log's key. */

export interface OrdersTable {
  id: string
  order_number: string
  business_day: string
  status: string
  order_type: string
  table_number: string | null
  customer_id: string | null
  /** The data key of the four that follow; null: they are in the clear, from before there was one. */
  customer_key: string | null
  customer_name: string | null
  customer_phone: string | null
  customer_email: string | null
  customer_address: string | null
  customer_phone_hash: string | null
  location_id: string | null
  scheduled_for: string | null
  promised_for: string | null
  notes: string | null
  currency: string
  subtotal_minor: number
  discount_minor: number
  discount_reason: string | null
  service_charge_minor: number
  tax_minor: number
  tax_added_minor: number
  tip_minor: number
  total_minor: number
  paid_minor: number
  due_minor: number
  vouchers_minor: number
  guests: number | null
  pager: string | null
  /** The order into which all of this one went; null: it was not merged. */
  merged_into: string | null
  /** How its guests share the bill, as JSON; null: they do not. */
  split: string | null
  version: number
  origin: string
  created_at: string
  created_by: string
  updated_at: string
}

export interface OrderItemsTable {
  order_id: string
  id: string
  position: number
  menu_item_id: string
  name: string
  kitchen_name: string
  quantity: number
  unit_price_minor: number
  line_total_minor: number
  special_instructions: string | null
  station_id: string | null
  ticket_id: string | null
  kitchen_status: string
  tax_rate_id: string
  tax_rate_ppm: number
  tax_included: number
  voided: number
  void_reason: string | null
  added_at: string
  combo_id: string | null
  /** Of the lines of one sale of a combo the same. */
  combo_line_id: string | null
  combo_name: string | null
  price_level_id: string | null
  price_level_name: string | null
  /** The moment from which it counts as taken from stock; null: it is not. */
  used_clock: number | null
  comp_reason: string | null
  /** What it would have come to, had it not been comped. */
  comp_minor: number
  seat: number | null
  course: number | null
  /** It waits until its course is fired. */
  held: number
  /** JSON: the stations that it goes to beside its own; null: none. */
  also_at: string | null
}

export interface OrderItemUsesTable {
  order_id: string
  order_item_id: string
  ingredient_id: string
  amount_milli: number
  clock: number
}

export interface OrderModifiersTable {
  order_id: string
  order_item_id: string
  position: number
  modifier_id: string
  name: string
  price_minor: number
  /** `no`, `extra`, `side`; null: as it is. */
  preparation: string | null
}

export interface OrderStatusHistoryTable {
  order_id: string
  position: number
  status: string
  reason: string | null
  at: string
  actor: string
  origin: string
  clock: number
}

export interface OrderPaymentsTable {
  order_id: string
  id: string
  method: string
  amount_minor: number
  tip_minor: number
  tendered_minor: number
  change_minor: number
  refunded_minor: number
  at: string
  actor: string
  forgiven_minor: number
  paid_for: string | null
  reference: string | null
  intent_id: string | null
  transaction_id: string | null
  card_brand: string | null
  card_last_four: string | null
  card_token: string | null
  authorisation_code: string | null
  offline: number
  settled_because: string | null
}

export interface OrderPaymentIntentsTable {
  order_id: string
  id: string
  kind: string
  state: string
  amount_minor: number
  tip_minor: number
  payment_id: string | null
  provider: string
  terminal_id: string
  device_id: string
  cancel_asked: number
  why: string | null
  detail: string | null
  at: string
  actor: string
}

export interface OrderTicketsTable {
  order_id: string
  id: string
  station_id: string
  firing_number: number
  fired_at: string
  fired_by: string
  fired_from: string
  bumped: number
  bumped_at: string | null
  seen_by: string
  rushed_at: string | null
  handed_at: string | null
}

export interface OrderConflictsTable {
  order_id: string
  kind: string
  settled: number
  amount_minor: number
  facts: string
  sides: string
  resolution: string | null
  note: string | null
  settled_by: string | null
  settled_at: string | null
}

export interface RecordsTable {
  kind: string
  id: string
  valid_from: string
  value: string | null
  withdrawn: number
  clock: number
  origin: string
  event_index: number
}

export interface JournalTable {
  kind: string
  id: string
  /** What it belongs to: the session of a drawer. */
  about: string
  value: string
  at: string
  actor: string
  command_id: string
}

export interface CustomerKeysTable {
  id: string
  customer_id: string
  data_key: string
  wrapped: string
  phone_hash: string | null
  email_hash: string | null
}

export interface EntriesTable {
  origin: string
  seq: number
  clock: number
  command_id: string
  at: string
  actor: string
  body: string
  hash: Uint8Array
}

export interface RunsTable {
  origin: string
  to_seq: number
  from_seq: number
  last_hash: Uint8Array
  last_clock: number
}

export interface QuarantineTable {
  origin: string
  seq: number
  clock: number
  command_id: string
  at: string
  actor: string
  body: string
  hash: Uint8Array
}

/** `state`: waiting, sending, done or dropped. */
export interface PrintJobsTable {
  id: Generated<number>
  key: string
  printer_id: string
  kind: string
  order_id: string | null
  ticket_id: string | null
  /** JSON; null once it is over, and for a drawer, which has none. */
  paper: string | null
  state: string
  /** Some of it went to the printer before. */
  maybe_printed: number
  /** The printer itself said that it is out. */
  confirmed: number
  created_ms: number
  finished_ms: number | null
  /** `2/3` of a receipt of one check; null: of the whole order, or of no order. */
  part: string | null
}

interface ProjectedTables {
  orders: OrdersTable
  order_items: OrderItemsTable
  order_item_uses: OrderItemUsesTable
  order_modifiers: OrderModifiersTable
  order_status_history: OrderStatusHistoryTable
  order_payments: OrderPaymentsTable
  order_payment_intents: OrderPaymentIntentsTable
  order_tickets: OrderTicketsTable
  order_conflicts: OrderConflictsTable
  records: RecordsTable
  journal: JournalTable
}

/** One device's file. `entries.id` is `origins.num · 2^40 + seq`. */
export interface SqliteDatabase extends ProjectedTables {
  origins: { num: Generated<number>; origin: string }
  entries: EntriesTable & { id: number }
  order_entries: { order_id: string; entry_id: number }
  unreadable: { entry_id: number; event_index: number }
  runs: RunsTable
  left_elsewhere: Omit<RunsTable, 'last_hash'>
  quarantine: QuarantineTable
  /** What belongs to this device alone: identity, settings of the process, last known addresses. */
  local: { key: string; value: string }
  sign_in_tries: { subject: string; wrong: number; locks: number; locked_until_ms: number }
  tokens: { hash: string; role: string; label: string; created_at: string }
  print_jobs: PrintJobsTable
  /** `num`: in the order in which they came. `destroyed`: nothing of it is there any more. */
  customer_keys: CustomerKeysTable & { num: Generated<number>; destroyed: number }
}

type InStore<T> = T & { store_id: string }

/** The centre: every store's log and the same projections. */
export type PostgresDatabase = {
  [T in keyof ProjectedTables]: InStore<ProjectedTables[T]>
} & {
  stores: {
    store_id: string
    token_hash: string
    first_seen_at: Generated<Date>
    /** The name with which it was enrolled; null: it never was. */
    enrolled_as: string | null
    /** Names the store's log to those who read it: another handle is another log. */
    log_handle: Generated<string>
    log_pruned_to: Generated<number>
    log_prunings: Generated<number>
    records_version: Generated<string>
  }
  origins: {
    store_id: string
    origin: string
    head_seq: number
    head_hash: Uint8Array
    /** The highest number that anyone has shown here; what lies beyond the head is missing. */
    known_seq: number
  }
  /** `pos`: 1, 2, 3 … in a store's log, in the order of the commits. */
  entries: InStore<EntriesTable> & { pos: number; received_at: Generated<Date> }
  order_entries: { store_id: string; order_id: string; origin: string; seq: number }
  unreadable: { store_id: string; origin: string; seq: number; event_index: number }
  quarantine: InStore<QuarantineTable>
  customer_keys: InStore<CustomerKeysTable>
  credentials: {
    token_hash: string
    store_id: string
    device_id: string
    issued_at: Generated<Date>
  }
  /** Who the centre is in a store that was enrolled. */
  centre_members: {
    store_id: string
    device_id: string
    public_key: string
    sealed_private_key: string
    origin: string
    /** Where the origin was begun: see centre-members.ts. */
    home: string
    made_at: Generated<Date>
  }
  /** Bearer tokens of the REST API at the centre, of one store each. */
  store_tokens: {
    store_id: string
    token_hash: string
    role: string
    label: string
    made_at: Generated<Date>
  }
  enroll_codes: { code_hash: string; store_name: string; expires_at: Date }
  challenges: { challenge: string; expires_at: Date }
  /** A view of what counts now, for reading alone. */
  current_records: { store_id: string; kind: string; id: string; value: string }
  /** Codes that were wrong, or are being looked at. */
  code_tries: { try_id: string; tried_at: Date }
  /** What each device last reported: for "who is behind, and by how much" (rule U2). */
  uploads: { store_id: string; device_id: string; last_upload_at: Date }
} & OfficeTables

/** The back office's own: who uses it, who is signed in, and who did what. */
interface OfficeTables {
  office_users: {
    user_id: string
    /** In lower case. */
    email: string
    name: string
    role: string
    all_stores: boolean
    password_hash: string
    disabled: Generated<boolean>
    created_at: Date
    last_sign_in_at: Date | null
  }
  office_user_stores: { user_id: string; store_id: string }
  office_sessions: { token_hash: string; user_id: string; created_at: Date; last_used_at: Date }
  office_sign_in_tries: {
    subject: string
    tries: number
    last_try_at: Date
    blocked_until: Date | null
  }
  office_audit: {
    id: Generated<number>
    at: Date
    /** Who did it; null: nobody who is known. */
    user_id: string | null
    action: string
    /** To whom or what. */
    subject: string | null
    /** Names of what was changed, and no values. */
    changed: string | null
  }
}
