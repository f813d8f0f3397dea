/**
 * Where the back office asks the centre. Every call but the sign-in carries the session's cookie,
 * and nothing else opens these doors. What a body or a query looks like stands in the files beside
 * this one.
 */
const OFFICE = '/api/v1/office'

/** Holds the session. HttpOnly, so a page never reads it. */
export const OFFICE_COOKIE = 'aura_office'
/** Names the store on the API of orders and menus. No other site can send a header of one's own. */
export const STORE_HEADER = 'x-aura-store'

/** POST signs in, GET says who is signed in, DELETE signs out. */
export const SESSION_PATH = `${OFFICE}/session`
/** PUT: one's own. It ends all of one's other sessions. */
export const PASSWORD_PATH = `${OFFICE}/session/password`
/** GET lists, POST makes one. */
export const USERS_PATH = `${OFFICE}/users`
/** GET, PUT. */
export const USER_PATH = `${USERS_PATH}/{user_id}`
/** POST. */
export const ENROLL_CODES_PATH = `${OFFICE}/enroll-codes`
/** GET: the stores that one may see, to choose from. */
export const STORES_PATH = `${OFFICE}/stores`
/** GET: one line a store. */
export const OVERVIEW_PATH = `${OFFICE}/overview`

const STORE = `${STORES_PATH}/{store_id}`
export const SALES_PATH = `${STORE}/reports/sales`
/** The Z report of one day, as a till gives it. */
export const DAY_PATH = `${STORE}/reports/day`
export const TAXES_PATH = `${STORE}/reports/taxes`
export const PREPARATION_PATH = `${STORE}/reports/preparation`
export const EXCEPTIONS_PATH = `${STORE}/reports/exceptions`
export const OFFICE_DEVICES_PATH = `${STORE}/devices`
export const ORDERS_EXPORT_PATH = `${STORE}/orders/export`
export const PAYMENTS_EXPORT_PATH = `${STORE}/payments/export`

/** Fills the braces of a path. */
export const pathOf = (path: string, params: Readonly<Record<string, string>>): string =>
  path.replaceAll(/\{(\w+)\}/g, (_braces, name: string) => encodeURIComponent(params[name] ?? ''))
