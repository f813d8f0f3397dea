/** Messages to guests: of what, where they go, and in which words. */

export const NOTICE_CHANNELS = ['email', 'sms', 'push'] as const
export type NoticeChannel = (typeof NOTICE_CHANNELS)[number]

export const LANGUAGES = ['en', 'de', 'es', 'fr', 'ar'] as const
export type Language = (typeof LANGUAGES)[number]

/** What a guest is told of, once for each order and channel. */
export const NOTICE_EVENTS = ['confirmed', 'ready', 'cancelled'] as const
export type NoticeEvent = (typeof NOTICE_EVENTS)[number]

/** `gone`: the push service says that there is no such browser any more. */
export const PUSH_ENDS = ['unwanted', 'gone'] as const

/** `refused`: nobody takes it, now or later. `expired`: nobody wants to hear it any more. */
export const NOTICE_OUTCOMES = ['sent', 'refused', 'expired'] as const
export type NoticeOutcome = (typeof NOTICE_OUTCOMES)[number]
